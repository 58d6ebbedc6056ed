import { expect, it, vi } from "vitest";
import { z } from "zod";
import type { Deps } from "@/lib/server/deps";
import { refusal, userAction } from "./user-action";

const { findUser, deps } = vi.hoisted(() => ({
  findUser: vi.fn<() => Promise<object | null>>(),
  deps: { log: { warn: () => undefined } },
}));
vi.mock("@/lib/server/auth/session", () => ({ findUser }));
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
  findUser.mockRejectedValueOnce(failure("ECONNREFUSED"));
  const action = userAction(z.strictObject({}), () => Promise.resolve("done"));
  expect(await action({})).toMatchObject({ ok: false, errors: [] });
});

it("does nothing for a session that has ended, and leaves the form where it is", async () => {
  findUser.mockResolvedValueOnce(null);
  const handle = vi.fn<() => Promise<string>>();
  const action = userAction(z.strictObject({}), handle);
  expect(await action({})).toMatchObject({ ok: false, message: expect.stringContaining("has ended") });
  expect(handle).not.toHaveBeenCalled();
});

it("lets the way to another page through", async () => {
  findUser.mockResolvedValueOnce({});
  const redirect = Object.assign(new Error("NEXT_REDIRECT"), { digest: "NEXT_REDIRECT;replace;/endpoints" });
  const action = userAction(z.strictObject({}), () => Promise.reject(redirect));
  await expect(action({})).rejects.toBe(redirect);
});
