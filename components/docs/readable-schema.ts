export type JsonSchema = Readonly<Record<string, unknown>>;

/**
 * A schema as a table can show it: "X or null" is one type instead of two shapes, a format needs no pattern beside
 * it, and descriptions are plain text. Only for showing: the document itself says it exactly.
 */
export function readableSchema(schema: JsonSchema): JsonSchema {
  const readable: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(nullableAsType(schema))) {
    if (key === "pattern" && "format" in schema) continue;
    readable[key] = key === "description" && typeof value === "string" ? plain(value) : readableValue(value);
  }
  return readable;
}

function readableValue(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(readableValue);
  return typeof value === "object" && value !== null ? readableSchema(value as JsonSchema) : value;
}

function plain(text: string): string {
  return text.replaceAll("`", "");
}

function nullableAsType(schema: JsonSchema): JsonSchema {
  const { anyOf, ...rest } = schema;
  if (!Array.isArray(anyOf) || anyOf.length !== 2) return schema;
  const shapes = anyOf as JsonSchema[];
  const shape = shapes.find((part) => part.type !== "null");
  const hasNull = shapes.some((part) => part.type === "null");
  if (!hasNull || typeof shape?.type !== "string") return schema;
  return { ...shape, ...rest, type: [shape.type, "null"] };
}
