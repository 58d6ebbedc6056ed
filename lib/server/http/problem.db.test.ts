import { expect, it } from "vitest";
import { testDatabase } from "@/lib/server/db/testing/test-database";
import { createTestDeps } from "@/lib/server/testing/test-deps";
import { databaseTrouble } from "./problem";

const database = testDatabase();

it("knows a pool that was closed while the process ends, in the words of its library", async () => {
  const deps = await createTestDeps(database().url);
  await deps.prisma.$disconnect();
  await deps.pool.end();
  const asked = [
    () => deps.sql("SELECT 1"),
    () => deps.prisma.user.count(),
    () => deps.transaction(({ sql }) => sql("SELECT 1")),
  ];
  for (const ask of asked) {
    const error = await ask().catch((refusal: unknown) => refusal);
    expect(databaseTrouble(error)).toBe("refused");
  }
});
