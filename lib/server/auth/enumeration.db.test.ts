import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { testDatabase } from "@/lib/server/db/testing/test-database";
import type { Deps } from "@/lib/server/deps";
import { closeTestDeps, createTestDeps, createTestPrincipal } from "@/lib/server/testing/test-deps";
import { checkPassword } from "./check-password";
import { hashPassword } from "./password";

/** How often argon2 was asked to compare; the package itself does the work. */
const counted = vi.hoisted(() => ({ comparisons: 0 }));
vi.mock("@node-rs/argon2", async (importOriginal) => {
  const original = await importOriginal<typeof import("@node-rs/argon2")>();
  return {
    ...original,
    verify: (...given: Parameters<typeof original.verify>) => {
      counted.comparisons += 1;
      return original.verify(...given);
    },
  };
});

const database = testDatabase();
let deps: Deps;

beforeEach(async () => {
  deps = await createTestDeps(database().url);
  const { userId } = await createTestPrincipal(deps);
  const passwordHash = await hashPassword("analytical engine");
  await deps.prisma.user.update({ where: { id: userId! }, data: { email: "ada@example.com", passwordHash } });
});
afterEach(() => closeTestDeps(deps));

async function refusalOf(email: string): Promise<{ text: string; comparisons: number; durationMs: number }> {
  const before = counted.comparisons;
  const startedAt = performance.now();
  const refusal = await checkPassword(deps, { email, password: "wrong", address: null }).catch(
    (error: Error) => error,
  );
  const durationMs = performance.now() - startedAt;
  return { text: String(refusal), comparisons: counted.comparisons - before, durationMs };
}

it("does for an account that does not exist the work that it does for one that does", async () => {
  const known = await refusalOf("ada@example.com");
  for (const email of ["eve@example.com", "ADA@example.org", "no address", "\u0000", "a".repeat(5_000)]) {
    expect(await refusalOf(email)).toMatchObject({ text: known.text, comparisons: 1 });
  }
  expect(known.comparisons).toBe(1);
});

it("takes as long for an account that does not exist as for one that does", async () => {
  await refusalOf("warm-up@example.com");
  const known: number[] = [];
  const unknown: number[] = [];
  // In turns, so that a busy moment slows both. The throttle would answer at once: each try is the first.
  for (let turn = 0; turn < 9; turn += 1) {
    await database().query("DELETE FROM sign_in_throttle");
    known.push((await refusalOf("ada@example.com")).durationMs);
    unknown.push((await refusalOf(`eve${turn}@example.com`)).durationMs);
  }
  // Without the work for nobody the quotient is far below: a look-up takes a tenth of an argon2 comparison.
  expect(median(unknown) / median(known)).toBeGreaterThan(0.5);
  expect(median(unknown) / median(known)).toBeLessThan(2);
});

it("holds back tries at an account that does not exist as it does at one that does", async () => {
  const tries = async (email: string) => {
    const texts: string[] = [];
    for (let count = 0; count < 7; count += 1) texts.push((await refusalOf(email)).text);
    return texts;
  };
  const known = await tries("ada@example.com");
  expect(known.at(-1)).toMatch(/Too many failed tries/);
  expect(await tries("eve@example.com")).toEqual(known);
});

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}
