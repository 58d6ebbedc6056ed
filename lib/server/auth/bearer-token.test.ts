import { expect, it } from "vitest";
import { bearerToken, hasBearerToken } from "./bearer-token";

const request = (authorization?: string) => ({
  headers: new Headers(authorization === undefined ? {} : { authorization }),
});

it.each([
  ["Bearer abc", "abc"],
  ["bearer   abc", "abc"],
  ["Bearer", null],
  ["Bearer a b", null],
  ["Basic abc", null],
  [undefined, null],
])("finds in %j the token %j", (authorization, token) => {
  expect(bearerToken(request(authorization))).toBe(token);
});

it("takes the whole token and nothing less, and no request without one", () => {
  expect(hasBearerToken(request("Bearer secret"), "secret")).toBe(true);
  expect(hasBearerToken(request("Bearer secre"), "secret")).toBe(false);
  expect(hasBearerToken(request("Bearer Secret"), "secret")).toBe(false);
  expect(hasBearerToken(request(), "secret")).toBe(false);
});
