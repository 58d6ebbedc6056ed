import { describe, expect, it } from "vitest";
import { parseTraceparent } from "./trace-context";

// The example of the specification, section 3.2.4.
const example = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

describe("parseTraceparent", () => {
  it("takes the specification's example as it is", () => {
    expect(parseTraceparent(example)).toBe(example);
    expect(parseTraceparent(` ${example} `)).toBe(example);
  });

  it("reads a later version as version 00, without what it appends", () => {
    expect(parseTraceparent(`${example.replace(/^00/, "cc")}-what-the-future-brings`)).toBe(example);
  });

  it.each([
    null,
    "",
    "00",
    example.toUpperCase(),
    `${example}-more`,
    example.replace(/^00/, "ff"),
    "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
    "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
    "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7",
    `${example}\u0000`,
  ])("goes on without a trace for %j", (header) => {
    expect(parseTraceparent(header)).toBeNull();
  });
});
