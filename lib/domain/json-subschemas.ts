import { pathTo } from "@/lib/domain/problem";

/** A JSON Schema that is an object; the other kind, true or false, has no parts. */
export type Schema = Record<string, unknown>;

/** What a keyword's value is, as far as subschemas go. */
const oneSubschema = new Set(
  "additionalProperties propertyNames unevaluatedProperties unevaluatedItems items contains not if then else".split(
    " ",
  ),
);
const subschemaList = new Set(["allOf", "anyOf", "oneOf", "prefixItems"]);
const subschemaMap = new Set(["properties", "patternProperties", "dependentSchemas", "$defs", "definitions"]);
/** Whether a keyword's value is a subschema or holds some. */
export function hasSubschemas(keyword: string): boolean {
  return oneSubschema.has(keyword) || subschemaList.has(keyword) || subschemaMap.has(keyword);
}

/** Every subschema with its path, the schema itself first. */
export function* subschemas(schema: Schema, path: string): Generator<[Schema, string]> {
  yield [schema, path];
  for (const [child, childPath] of children(schema, path)) yield* subschemas(child, childPath);
}

/** The subschemas one level below, with their paths. */
export function* children(schema: Schema, path: string): Generator<[Schema, string]> {
  for (const [keyword, value] of Object.entries(schema)) {
    const at = pathTo(path, keyword);
    if (oneSubschema.has(keyword) && isSchemaObject(value)) yield [value, at];
    if (subschemaList.has(keyword) && Array.isArray(value)) {
      for (const [index, child] of value.entries())
        if (isSchemaObject(child)) yield [child, pathTo(at, index)];
    }
    if (subschemaMap.has(keyword) && isSchemaObject(value)) {
      for (const [key, child] of Object.entries(value))
        if (isSchemaObject(child)) yield [child, pathTo(at, key)];
    }
  }
}

export function isSchemaObject(value: unknown): value is Schema {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
