/** One property of a JSON Schema as a row of a table. */
export interface SchemaRow {
  /** From the top: `meetingInfo.formValues[].question`. */
  path: string;
  /** The last part of the path, which is what a row shows. */
  name: string;
  /** 0 for the properties of `data` itself. */
  depth: number;
  /** In words: "text", "list of objects", "text or null". */
  type: string;
  isRequired: boolean;
  description: string | null;
  /** What else the value must satisfy: "one of a, b", "at least 1". */
  rules: string[];
}

type Schema = Readonly<Record<string, unknown>>;

const depthMax = 8;
const rowsMax = 500;

/**
 * The properties of a schema, each followed by its own. References are followed where they stand; beyond eight levels
 * and 500 rows only the JSON Schema itself tells more. Reads any value that may be stored as a schema.
 */
export function schemaRows(schema: Schema): SchemaRow[] {
  const rows: SchemaRow[] = [];
  addProperties(rows, schema, schema, "", 0);
  return rows;
}

function addProperties(rows: SchemaRow[], root: Schema, parent: Schema, path: string, depth: number): void {
  if (depth > depthMax) return;
  const required = requiredOf(parent);
  for (const [name, given] of Object.entries(asSchema(parent.properties) ?? {})) {
    if (rows.length >= rowsMax) return;
    const schema = resolve(root, given);
    const isList = typesOf(schema).includes("array");
    const items = isList ? resolve(root, schema.items) : null;
    const ownPath = `${path}${name}${isList ? "[]" : ""}`;
    rows.push({
      path: `${path}${name}`,
      name,
      depth,
      type: typeInWords(root, schema),
      isRequired: required.has(name),
      description: textOf(schema.description),
      rules: [...rulesOf(schema), ...(items ? rulesOf(items).map((rule) => `each ${rule}`) : [])],
    });
    addProperties(rows, root, items ?? schema, `${ownPath}.`, depth + 1);
  }
}

/** `required` may also stand behind the condition that there is anything at all. */
function requiredOf(schema: Schema): ReadonlySet<unknown> {
  const behindCondition = asSchema(schema.then)?.required;
  return new Set([...asList(schema.required), ...asList(behindCondition)]);
}

function resolve(root: Schema, given: unknown): Schema {
  const schema = asSchema(given) ?? {};
  const [, container, name] = /^#\/(\$defs|definitions)\/(.+)$/.exec(textOf(schema.$ref) ?? "") ?? [];
  const target = container && name ? asSchema(asSchema(root[container])?.[name]) : null;
  return target ? { ...target, ...schema } : schema;
}

const typeWords: Record<string, string> = {
  string: "text",
  number: "number",
  integer: "whole number",
  boolean: "true or false",
  object: "object",
  array: "list",
  null: "null",
};

function typeInWords(root: Schema, schema: Schema): string {
  const words = typesOf(schema).map((type) => {
    if (type !== "array") return typeWords[type] ?? type;
    const items = typesOf(resolve(root, schema.items));
    return items.length === 1 ? `list of ${plural(items[0]!)}` : "list";
  });
  return words.length > 0 ? words.join(" or ") : "any value";
}

function plural(type: string): string {
  const plurals: Record<string, string> = {
    string: "texts",
    integer: "whole numbers",
    boolean: "true or false",
  };
  return plurals[type] ?? `${typeWords[type] ?? type}s`;
}

function typesOf(schema: Schema): string[] {
  const named = asList(schema.type ?? []).map(String);
  if (named.length > 0) return named;
  const values = "const" in schema ? [schema.const] : asList(schema.enum);
  return [...new Set(values.map(typeOfValue))];
}

function typeOfValue(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  return typeof value;
}

function rulesOf(schema: Schema): string[] {
  const rules: string[] = [];
  const add = (keyword: string, words: (value: unknown) => string) => {
    if (schema[keyword] !== undefined) rules.push(words(schema[keyword]));
  };
  const json = (value: unknown) => JSON.stringify(value);
  add("enum", (values) => `one of ${asList(values).map(json).join(", ")}`);
  add("const", (value) => `always ${json(value)}`);
  add("format", (format) => `format ${String(format)}`);
  // A format says what its pattern spells out.
  if (schema.format === undefined) add("pattern", (pattern) => `matches ${String(pattern)}`);
  add("minimum", (limit) => `at least ${json(limit)}`);
  add("exclusiveMinimum", (limit) => `more than ${json(limit)}`);
  add("maximum", (limit) => `at most ${json(limit)}`);
  add("exclusiveMaximum", (limit) => `less than ${json(limit)}`);
  add("multipleOf", (step) => `a multiple of ${json(step)}`);
  add("minLength", (length) => `at least ${countOf(length, "character")}`);
  add("maxLength", (length) => `at most ${countOf(length, "character")}`);
  add("minItems", (count) => `at least ${countOf(count, "item")}`);
  add("maxItems", (count) => `at most ${countOf(count, "item")}`);
  if (schema.uniqueItems === true) rules.push("no item twice");
  for (const keyword of ["anyOf", "oneOf"] as const) {
    add(keyword, (shapes) => `one of ${asList(shapes).length} shapes, see the JSON Schema`);
  }
  return rules;
}

/** A schema that was stored may say anything, so a number is not taken for granted. */
function countOf(count: unknown, noun: string): string {
  return `${JSON.stringify(count)} ${count === 1 ? noun : `${noun}s`}`;
}

function asSchema(value: unknown): Schema | null {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Schema) : null;
}

function asList(value: unknown): unknown[] {
  return Array.isArray(value) ? value : value === undefined || value === null ? [] : [value];
}

function textOf(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}
