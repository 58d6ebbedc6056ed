import { describe, expect, it } from "vitest";
import { childPath, type JsonNode, openPaths, parseJsonTree } from "@/components/ui/json-view/json-tree";

describe("parseJsonTree", () => {
  it("keeps every digit of a number", () => {
    expect(parseJsonTree("12345678901234567890.10")).toEqual({
      kind: "literal",
      text: "12345678901234567890.10",
    });
  });

  it("keeps a key called __proto__ as an ordinary key", () => {
    expect(parseJsonTree('{"__proto__": true}')).toEqual({
      kind: "object",
      entries: [["__proto__", { kind: "literal", text: "true" }]],
    });
  });

  it("reads nested containers in order", () => {
    const tree = parseJsonTree('{"b": [1, null], "a": "x"}') as Extract<JsonNode, { kind: "object" }>;
    expect(tree.entries.map(([key, node]) => [key, node.kind])).toEqual([
      ["b", "array"],
      ["a", "string"],
    ]);
  });

  it.each(["", "{", "<html>", "undefined", "{'a': 1}"])("answers null for %j, which is not JSON", (text) => {
    expect(parseJsonTree(text)).toBeNull();
  });

  it("survives nesting that would exhaust the stack", () => {
    const text = "[".repeat(200_000) + "]".repeat(200_000);
    expect(() => parseJsonTree(text)).not.toThrow();
  });
});

describe("openPaths", () => {
  it("opens all of a small body", () => {
    expect([...openPaths(parseJsonTree('{"a": {"b": [1]}, "c": 2}')!, 50)]).toEqual(["", "/a", "/a/b"]);
  });

  it("never shows more rows than allowed, and prefers the outer levels", () => {
    const text = JSON.stringify({ wide: Array.from({ length: 100 }, () => ({ x: 1 })), small: { y: 2 } });
    const open = openPaths(parseJsonTree(text)!, 20);
    expect([...open]).toEqual(["", "/small"]);
  });

  it("gives two keys different paths even when one contains the separator", () => {
    expect(childPath("/a", "b/c")).not.toBe(childPath(childPath("/a", "b"), "c"));
  });
});
