import { children, isSchemaObject, type Schema } from "@/lib/domain/json-subschemas";

/** Subschemas after every $ref has been followed: the work that one value can cause. */
const expandedSubschemasMax = 5000;

/**
 * References that lead in a circle, or that multiply (a refers twice to b, b twice to c, ...), would let a short
 * schema take forever over a short value. So the size with all references followed is what counts. Returns what is
 * wrong, to be read on from "schema", or null.
 */
export function expansionProblem(root: Schema): string | null {
  const sizes = new Map<Schema, number | "open">();

  function expandedSize(schema: Schema): number {
    const known = sizes.get(schema);
    if (known === "open") return Infinity;
    if (known !== undefined) return known;
    sizes.set(schema, "open");
    let size = 1;
    for (const [child] of children(schema, "")) size += expandedSize(child);
    const target = referenced(root, schema.$ref);
    if (target !== null) size += expandedSize(target);
    sizes.set(schema, size);
    return size;
  }

  const size = expandedSize(root);
  if (size === Infinity) return "refers to itself, which is not supported";
  return size > expandedSubschemasMax
    ? `has more than ${expandedSubschemasMax} parts when every $ref is followed`
    : null;
}

/** The target of a reference that has been found to be a local one; null when there is none, as Ajv will report. */
function referenced(root: Schema, reference: unknown): Schema | null {
  if (typeof reference !== "string") return null;
  if (reference === "#") return root;
  const [, section = "", name = ""] = reference.split("/");
  const definitions = root[section];
  const target = isSchemaObject(definitions) ? definitions[decodePointer(name)] : undefined;
  return isSchemaObject(target) ? target : null;
}

function decodePointer(token: string): string {
  try {
    return decodeURIComponent(token).replaceAll("~1", "/").replaceAll("~0", "~");
  } catch {
    return token;
  }
}
