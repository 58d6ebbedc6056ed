import { expect, it } from "vitest";
import { EndpointTestIn } from "./endpoint-test";

it("sends the data of a test as it was given, a member called __proto__ included", () => {
  const data: unknown = JSON.parse('{"b":{"__proto__":[1]},"__proto__":{"x":1}}');
  expect(JSON.stringify(EndpointTestIn.parse({ data }).data)).toBe(
    '{"b":{"__proto__":[1]},"__proto__":{"x":1}}',
  );
});

it("takes an object as data, and nothing else", () => {
  for (const data of [null, [], "{}", 1]) expect(EndpointTestIn.safeParse({ data }).success).toBe(false);
});
