/** A JSON Schema 2020-12 document or a part of one. */
export type JsonSchema = { readonly [keyword: string]: unknown };

/** The built-in groups, which are also the first part of their types' names. */
export type BuiltInGroup = "developer" | "organization" | "scheduling" | "webhook";

export interface EventTypeDefinition {
  name: string;
  group: BuiltInGroup;
  /** What the event says, one sentence. */
  description: string;
  /** The moment it is sent, one sentence. */
  whenSent: string;
  /** What `data` has to look like. */
  schema: JsonSchema;
  /** A realistic `data`, which satisfies the schema. */
  example: { readonly [property: string]: unknown };
}
