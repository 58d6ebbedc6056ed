import { expect, it } from "vitest";
import { githubProfile } from "./github-profile";
import { openIdProfile } from "./provider-profile";

it.each([
  ["verified", { email: "ada@example.com", email_verified: true }, "ada@example.com"],
  ["not verified", { email: "ada@example.com", email_verified: false }, null],
  ["silent about it", { email: "ada@example.com" }, null],
  ["verified in other words", { email: "ada@example.com", email_verified: "true" }, null],
  ["verified, and no text", { email: ["ada@example.com"], email_verified: true }, null],
])("takes from OpenID Connect an address that is %s", (_, claims, expected) => {
  expect(openIdProfile({ sub: "1", ...claims }).verifiedEmail).toBe(expected);
});

it("makes a name of whatever the provider calls the person", () => {
  const nameIn = (claims: object) => {
    const { firstName, lastName } = openIdProfile({ sub: "1", ...claims });
    return [firstName, lastName];
  };
  expect(nameIn({ given_name: "Ada", family_name: "Lovelace" })).toEqual(["Ada", "Lovelace"]);
  expect(nameIn({ name: "Ada Lovelace" })).toEqual(["Ada Lovelace", ""]);
  expect(nameIn({ name: "\u0000\ud800 " })).toEqual(["New", ""]);
  expect(nameIn({ name: 7, family_name: "x" })).toEqual(["New", ""]);
  expect(nameIn({ given_name: "a".repeat(500) })[0]).toHaveLength(100);
});

it("takes from GitHub the primary address, and only when GitHub has verified it", async () => {
  const github = (emails: unknown) => (path: string) =>
    Promise.resolve(
      path === "/user" ? { id: 7, login: "ada", name: null, email: "public@example.com" } : emails,
    );
  const other = { email: "other@example.com", primary: false, verified: true };
  const primary = { email: "ada@example.com", primary: true };
  expect(await githubProfile("", github([other, { ...primary, verified: true }]))).toEqual({
    id: "7",
    verifiedEmail: "ada@example.com",
    firstName: "ada",
    lastName: "",
  });
  expect(
    (await githubProfile("", github([other, { ...primary, verified: false }]))).verifiedEmail,
  ).toBeNull();
  expect((await githubProfile("", github([]))).verifiedEmail).toBeNull();
});
