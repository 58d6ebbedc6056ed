import { expect, it } from "vitest";
import { returnPath } from "./return-path";

it.each(["/", "/endpoints", "/logs?outcome=failed&since=2026-01-01T00:00:00Z", "/members#open"])(
  "goes back to %s",
  (path) => expect(returnPath(path)).toBe(path),
);

it.each([
  null,
  undefined,
  "",
  "endpoints",
  "//evil.example",
  "/\\evil.example",
  "\\\\evil.example",
  "https://evil.example",
  "javascript:alert(1)",
  "/\t/evil.example",
  "/\n/evil.example",
  "/a\\b",
  "/sign-in?next=/sign-in",
  "/setup?token=x",
  "/invitation?token=x",
  "/forgot-password",
  "/reset-password?token=x",
  "/api/auth/signout",
])("goes to the start page instead of %j", (path) => expect(returnPath(path)).toBe("/"));
