import { afterEach, expect, it } from "vitest";
import { insertOwnEventType } from "@/lib/server/db/event-types";
import type { Sql } from "@/lib/server/db/sql";
import { testDatabase } from "@/lib/server/db/testing/test-database";
import type { Deps } from "@/lib/server/deps";
import { closeTestDeps, createTestDeps, createTestPrincipal } from "@/lib/server/testing/test-deps";
import { ownSchemas } from "./own-schemas";

const database = testDatabase();
let deps: Deps;
afterEach(() => closeTestDeps(deps));

it("knows a schema that others pushed out while the database answered", async () => {
  deps = await createTestDeps(database().url);
  const { organizationId } = await createTestPrincipal(deps);
  const names = Array.from({ length: 501 }, (_, number) => `crowd.type_${number}`);
  const rest = {
    ...{ description: "", schema: { type: "object" }, example: {}, deprecatedAt: null },
    ...{ createdAt: deps.clock(), updatedAt: deps.clock() },
  };
  for (const name of names) await insertOwnEventType(deps.sql, organizationId, { ...rest, name });
  const [first = "", ...others] = names;
  await ownSchemas(deps.sql, organizationId, [first]);
  const whileOthersAreRead: Sql = async (text, values) => {
    const rows = await deps.sql(text, values);
    await ownSchemas(deps.sql, organizationId, others);
    return rows as never;
  };
  const found = await ownSchemas(whileOthersAreRead, organizationId, [first]);
  expect(found.get(first)?.validate({})).toEqual([]);
});
