import { expect, it, vi } from "vitest";
import { z } from "zod";
import type { Deps } from "@/lib/server/deps";
import { refusal, userAction } from "./user-action";

const { requireUser, deps } = vi.hoisted(() => ({
  requireUser: vi.fn<() => Promise<never>>(),
  deps: { log: { warn: () => undefined } },
}));
vi.mock("@/lib/server/auth/session", () => ({ requireUser }));
vi.mock("@/lib/server/deps", () => ({ getDeps: () => deps }));

const failure = (code: string) => Object.assign(new Error("database"), { code });
const told = (error: unknown) => {
  const result = refusal(error, deps as unknown as Deps);
  return result.ok ? null : result.message;
};

it("says that nothing was changed only where the database has taken on nothing", () => {
  expect(told(failure("ECONNREFUSED"))).toMatch(/Nothing was changed/);
  expect(told(failure("08006"))).toMatch(/it is not known whether this was saved/);
});

it("throws on what is no refusal: a bug stays loud", () => {
  const bug = new TypeError("undefined is not a function");
  expect(() => refusal(bug, deps as unknown as Deps)).toThrow(bug);
});

it("answers a form also when the database is away before anybody is known", async () => {
  requireUser.mockRejectedValueOnce(failure("ECONNREFUSED"));
  const action = userAction(z.strictObject({}), () => Promise.resolve("done"));
  expect(await action({})).toMatchObject({ ok: false, errors: [] });
});

it("lets the way to the sign-in page through", async () => {
  const redirect = Object.assign(new Error("NEXT_REDIRECT"), { digest: "NEXT_REDIRECT;replace;/sign-in" });
  requireUser.mockRejectedValueOnce(redirect);
  const action = userAction(z.strictObject({}), () => Promise.resolve("done"));
  await expect(action({})).rejects.toBe(redirect);
});
