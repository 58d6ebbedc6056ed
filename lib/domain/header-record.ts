/**
 * A flat header list (name, value, name, value) as an object, in the order of the first of each name. Values of a
 * repeated name are joined with ", " (RFC 9110, section 5.3), those of Set-Cookie with a line feed, because a comma is
 * part of its dates. Names that differ in case are the same name, spelled as the first.
 */
export function headerRecord(flat: readonly string[]): Record<string, string> {
  const lines = new Map<string, { name: string; values: string[] }>();
  for (let index = 0; index + 1 < flat.length; index += 2) {
    const name = flat[index] ?? "";
    const line = lines.get(name.toLowerCase());
    if (line) line.values.push(flat[index + 1] ?? "");
    else lines.set(name.toLowerCase(), { name, values: [flat[index + 1] ?? ""] });
  }
  // fromEntries defines its keys, so that a header called __proto__ is a header like any other.
  return Object.fromEntries(
    [...lines].map(([key, { name, values }]) => [name, values.join(key === "set-cookie" ? "\n" : ", ")]),
  );
}
