import { expect, it } from "vitest";
import { contentSecurityPolicy } from "./content-security-policy";

it("lets no script run without the nonce, and no page be framed", () => {
  const policy = contentSecurityPolicy("bm9uY2U=", false);
  expect(policy).toContain("script-src 'self' 'nonce-bm9uY2U=' 'strict-dynamic';");
  expect(policy).toContain("frame-ancestors 'none'");
  expect(policy).not.toContain("unsafe-eval");
  expect(policy.split("; ").filter((directive) => directive.includes("'unsafe-inline'"))).toEqual([
    "style-src 'self' 'unsafe-inline'",
  ]);
});
