import { describe, expect, it } from "vitest";
import { isSessionOpen, sessionSeconds, tokenOf } from "./auth-options";

const claims = { userId: "a", organizationId: "b", sessionVersion: 1 };

describe("a session", () => {
  it("ends at its time after sign-in, however often its cookie was renewed", () => {
    const signedInAt = new Date("2026-01-31T08:00:00Z");
    const renewed = { ...tokenOf(claims, signedInAt), iat: Date.parse("2026-01-31T19:59:00Z") / 1000 };
    const endsAtMs = signedInAt.getTime() + sessionSeconds * 1000;
    expect(isSessionOpen(renewed.signedInAt, new Date(endsAtMs - 1))).toBe(true);
    expect(isSessionOpen(renewed.signedInAt, new Date(endsAtMs))).toBe(false);
  });

  it("that does not say when it began is none", () => {
    expect(isSessionOpen(undefined, new Date())).toBe(false);
  });
});
