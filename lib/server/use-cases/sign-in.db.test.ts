import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { hashPassword } from "@/lib/server/auth/password";
import { testDatabase } from "@/lib/server/db/testing/test-database";
import type { Deps } from "@/lib/server/deps";
import type { Principal } from "@/lib/server/principal";
import { closeTestDeps, createTestDeps, createTestPrincipal } from "@/lib/server/testing/test-deps";
import { changePassword, signOutEverywhere } from "./change-account";
import { signIn } from "./sign-in";

const database = testDatabase();
let deps: Deps;
let principal: Principal;
let nowMs: number;
const email = "ada@example.com";
const password = "analytical engine";
const address = "198.51.100.7";

beforeEach(async () => {
  nowMs = Date.parse("2026-11-21T09:00:00Z");
  deps = await createTestDeps(database().url, {}, { clock: () => new Date(nowMs) });
  principal = await createTestPrincipal(deps);
  const passwordHash = await hashPassword(password);
  await deps.prisma.user.update({
    where: { id: principal.userId ?? "" },
    data: { email, passwordHash },
  });
});
afterEach(() => closeTestDeps(deps));

const tryWith = (changes: Partial<Parameters<typeof signIn>[1]> = {}) =>
  signIn(deps, { email, password, address, ...changes });

it("says the same of a wrong password, an unknown account and what is no e-mail address", async () => {
  const refusals = await Promise.all(
    [{ password: "wrong" }, { email: "eve@example.com" }, { email: "\u0000" }].map((changes) =>
      tryWith(changes).catch((error: unknown) => error),
    ),
  );
  for (const refusal of refusals) expect(refusal).toMatchObject({ status: 401 });
  expect(new Set(refusals.map((refusal) => (refusal as Error).message)).size).toBe(1);
});

describe("the delay", () => {
  it("grows with each failure, holds also for the right password, and ends with success", async () => {
    for (let failure = 0; failure < 5; failure++) {
      await expect(tryWith({ password: "wrong", address: null })).rejects.toMatchObject({ status: 401 });
    }
    await expect(tryWith({ address: null })).rejects.toMatchObject({ status: 429, retryAfterSeconds: 1 });
    nowMs += 1_000;
    await expect(tryWith({ password: "wrong", address: null })).rejects.toMatchObject({ status: 401 });
    await expect(tryWith({ address: null })).rejects.toMatchObject({ status: 429, retryAfterSeconds: 2 });
    nowMs += 2_000;
    await expect(tryWith({ address: null })).resolves.toMatchObject({ userId: principal.userId });
    await expect(tryWith({ password: "wrong", address: null })).rejects.toMatchObject({ status: 401 });
  });

  it("lets no more than the free failures through when all come at once", async () => {
    const outcomes = await Promise.allSettled(
      Array.from({ length: 12 }, () => tryWith({ password: "wrong", address: null })),
    );
    const statuses = outcomes.map((outcome) => outcome.status === "rejected" && outcome.reason.status);
    expect(statuses.filter((status) => status === 401)).toHaveLength(5);
    expect(statuses.filter((status) => status === 429)).toHaveLength(7);
  });

  it("also counts per address, over all accounts", async () => {
    for (let failure = 0; failure < 20; failure++) {
      await tryWith({ email: `nobody${failure}@example.com` }).catch(() => undefined);
    }
    await expect(tryWith()).rejects.toMatchObject({ status: 429 });
    await expect(tryWith({ address: "198.51.100.8" })).resolves.toMatchObject({ userId: principal.userId });
  });

  it("of an address is not forgiven to others because one of them has signed in", async () => {
    const failAs = (email: string) => expect(tryWith({ email })).rejects.toMatchObject({ status: 401 });
    for (let failure = 0; failure < 19; failure++) await failAs(`nobody${failure}@example.com`);
    await tryWith();
    await failAs("nobody19@example.com");
    await expect(tryWith()).rejects.toMatchObject({ status: 429 });
  });

  it("is never longer than a quarter of an hour", async () => {
    for (let failure = 0; failure < 40; failure++) {
      await expect(tryWith({ password: "wrong", address: null })).rejects.toMatchObject({ status: 401 });
      nowMs += 900_000;
    }
    await expect(tryWith({ address: null })).resolves.toMatchObject({ userId: principal.userId });
  });

  it("is forgotten after an hour without a failure", async () => {
    for (let failure = 0; failure < 5; failure++) {
      await tryWith({ password: "wrong", address: null }).catch(() => undefined);
    }
    nowMs += 3_600_001;
    for (let failure = 0; failure < 4; failure++) {
      await expect(tryWith({ password: "wrong", address: null })).rejects.toMatchObject({ status: 401 });
    }
    await expect(tryWith({ address: null })).resolves.toMatchObject({ userId: principal.userId });
  });
});

describe("changing the password", () => {
  const person = () => ({ ...principal, userId: principal.userId ?? "", email });

  it("needs the current one and ends the sessions made with it", async () => {
    const before = await tryWith();
    const wrong = changePassword(deps, person(), {
      currentPassword: "wrong",
      newPassword: "difference engine",
    });
    await expect(wrong).rejects.toMatchObject({ status: 422, errors: [{ path: "currentPassword" }] });
    const after = await changePassword(deps, person(), {
      currentPassword: password,
      newPassword: "difference engine",
    });
    expect(after.sessionVersion).toBe(before.sessionVersion + 1);
    await expect(tryWith()).rejects.toMatchObject({ status: 401 });
    await expect(tryWith({ password: "difference engine" })).resolves.toEqual(after);
  });

  it("signing out everywhere ends them too", async () => {
    const before = await tryWith();
    await signOutEverywhere(deps, person());
    expect((await tryWith()).sessionVersion).toBe(before.sessionVersion + 1);
  });
});
