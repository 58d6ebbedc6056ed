/** A parsed JSON text that keeps what `JSON.parse` alone would lose: the digits of a number as they were written. */
export type JsonNode =
  | { kind: "object"; entries: [key: string, node: JsonNode][] }
  | { kind: "array"; entries: [key: string, node: JsonNode][] }
  | { kind: "string"; value: string }
  | { kind: "literal"; text: string };

type Reviver = (this: unknown, key: string, value: unknown, context?: { source?: string }) => unknown;

/** The tree of `text`, or null when it is not JSON (or nested too deeply to be shown as a tree). */
export function parseJsonTree(text: string): JsonNode | null {
  // The reviver meets children before their parent, so a container's values are nodes already.
  const revive: Reviver = (_key, value, context) => {
    if (typeof value === "string") return { kind: "string", value } satisfies JsonNode;
    if (typeof value !== "object" || value === null) {
      return { kind: "literal", text: context?.source ?? String(value) } satisfies JsonNode;
    }
    const kind = Array.isArray(value) ? "array" : "object";
    return { kind, entries: Object.entries(value as Record<string, JsonNode>) } satisfies JsonNode;
  };
  try {
    return JSON.parse(text, revive as (key: string, value: unknown) => unknown) as JsonNode;
  } catch {
    return null;
  }
}

export function isContainer(node: JsonNode): node is Extract<JsonNode, { entries: unknown }> {
  return node.kind === "object" || node.kind === "array";
}

/** Where a node lies: keys joined as in a JSON Pointer. The root is "". */
export function childPath(parent: string, key: string): string {
  return `${parent}/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`;
}

/**
 * The containers to open at first: level by level from the root, each only while all rows shown stay within
 * `rowsMax`, so that a small body is all open and a megabyte stays quick.
 */
export function openPaths(root: JsonNode, rowsMax: number): Set<string> {
  const open = new Set<string>();
  const queue: [path: string, node: JsonNode][] = [["", root]];
  let rows = 1;
  for (let next = queue.shift(); next; next = queue.shift()) {
    const [path, node] = next;
    if (!isContainer(node) || rows + node.entries.length > rowsMax) continue;
    rows += node.entries.length;
    open.add(path);
    for (const [key, child] of node.entries) queue.push([childPath(path, key), child]);
  }
  return open;
}
