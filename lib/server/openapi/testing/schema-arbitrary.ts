import fc from "fast-check";
import { oddText } from "./odd-values";

/** A JSON Schema as the OpenAPI document writes one; what is not named here is not used in it. */
export interface Schema {
  $ref?: string;
  type?: string | string[];
  const?: unknown;
  enum?: unknown[];
  anyOf?: Schema[];
  oneOf?: Schema[];
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: boolean | Schema;
  items?: Schema;
  minItems?: number;
  maxItems?: number;
  minLength?: number;
  maxLength?: number;
  pattern?: string;
  format?: string;
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: number;
  example?: unknown;
}

/** Texts that mean something to the instance under test, by the name of the field that carries them. */
export type Vocabulary = Readonly<Record<string, readonly string[]>>;

/** Values that a schema allows. `name` is the field's, for the words that a schema cannot know. */
export function valueOf(schema: Schema, words: Vocabulary, name = ""): fc.Arbitrary<unknown> {
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return fc.oneof(...choices.map((choice) => valueOf(choice, words, name)));
  if (Array.isArray(schema.type)) {
    return fc.oneof(...schema.type.map((type) => valueOf({ ...schema, type }, words, name)));
  }
  return valueOfType(schema, words, name);
}

function valueOfType(schema: Schema, words: Vocabulary, name: string): fc.Arbitrary<unknown> {
  switch (schema.type) {
    case "string":
      return textOf(schema, words[name]);
    case "integer":
      return fc.integer({ min: within(schema.minimum, -1e9), max: within(schema.maximum, 1e9) });
    case "number": {
      const min = schema.minimum ?? schema.exclusiveMinimum ?? -1e300;
      const minExcluded = schema.exclusiveMinimum !== undefined;
      return fc.double({ min, max: schema.maximum ?? 1e300, minExcluded, noNaN: true });
    }
    case "boolean":
      return fc.boolean();
    case "null":
      return fc.constant(null);
    case "array": {
      const { minItems: minLength = 0, maxItems = 8 } = schema;
      const maxLength = Math.min(maxItems, 8);
      return fc.array(valueOf(schema.items ?? {}, words, name), { minLength, maxLength });
    }
    case "object":
      return objectOf(schema, words);
    default:
      return fc.jsonValue();
  }
}

function objectOf(schema: Schema, words: Vocabulary): fc.Arbitrary<unknown> {
  const { properties = {}, required = [], additionalProperties } = schema;
  const fields = Object.fromEntries(
    Object.entries(properties).map(([name, field]) => [name, valueOf(field, words, name)]),
  );
  if (Object.keys(fields).length > 0) return fc.record(fields, { requiredKeys: required });
  const member = typeof additionalProperties === "object" ? additionalProperties : {};
  return fc.dictionary(fc.oneof(fc.string(), oddText), valueOf(member, words), { maxKeys: 5 });
}

function textOf(schema: Schema, words: readonly string[] | undefined): fc.Arbitrary<string> {
  const { minLength = 0, maxLength = 300, pattern, format } = schema;
  const known = words?.length ? [{ arbitrary: fc.constantFrom(...words), weight: 4 }] : [];
  if (format === "date-time") return fc.oneof({ arbitrary: moment, weight: 1 }, ...known);
  const free = pattern
    ? fc.stringMatching(new RegExp(pattern), { maxLength: Math.min(maxLength, 60) })
    : fc
        .oneof(fc.string({ maxLength: 60 }), oddText)
        .filter((text) => text.length >= minLength && text.length <= maxLength);
  return fc.oneof({ arbitrary: free, weight: 1 }, ...known);
}

/** Every moment that four digits of a year can say, most of them near now. */
const moment = fc
  .oneof(
    fc.date({
      min: new Date("2026-01-01T00:00:00Z"),
      max: new Date("2027-12-31T00:00:00Z"),
      noInvalidDate: true,
    }),
    fc.date({
      min: new Date("0000-01-01T00:00:00Z"),
      max: new Date("9999-12-31T23:59:59Z"),
      noInvalidDate: true,
    }),
  )
  .map((date) => date.toISOString());

/** The document writes JavaScript's safe integers where a schema has no bound of its own. */
function within(bound: number | undefined, otherwise: number): number {
  return bound === undefined || Math.abs(bound) > 1e9 ? otherwise : bound;
}
