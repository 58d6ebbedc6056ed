import fc from "fast-check";
import { bodyOf } from "./body-arbitrary";
import type { DocumentedOperation, Parameter } from "./document-operations";
import { oddText } from "./odd-values";
import { type Schema, valueOf, type Vocabulary } from "./schema-arbitrary";

export interface FuzzRequest {
  method: string;
  pathParameters: Record<string, string>;
  /** Encoded, without the question mark. */
  query: string;
  headers: Record<string, string>;
  body: Buffer | null;
}

/** What there is in the instance under test. */
export interface FuzzWorld {
  /** Every scope. */
  key: string;
  /** Keys that must be refused: unknown, revoked, without a scope. */
  otherKeys: readonly string[];
  /** Identifiers by their prefix (`ep`), and `name` for event types: one that serves first. */
  own: Vocabulary;
  /** The same of another organization. */
  foreign: Vocabulary;
  /** Words for fields of bodies and queries. */
  words: Vocabulary;
}

/** A request as the document's own examples make it. It has to succeed, or the fuzzing has not reached the operation. */
export function exampleRequest(
  operation: DocumentedOperation,
  world: FuzzWorld,
  body?: unknown,
): FuzzRequest {
  const pathParameters = Object.fromEntries(
    operation.parameters
      .filter((parameter) => parameter.in === "path")
      .map((parameter) => [parameter.name, world.own[kindOf(parameter)]?.[0] ?? ""]),
  );
  const example = body ?? operation.body?.example;
  return {
    method: operation.method,
    pathParameters,
    query: "",
    headers: { authorization: `Bearer ${world.key}`, "content-type": "application/json" },
    body: example === undefined ? null : Buffer.from(JSON.stringify(example)),
  };
}

/** Requests to an operation: valid, nearly valid, and hostile, in every part that a client controls. */
export function requestOf(operation: DocumentedOperation, world: FuzzWorld): fc.Arbitrary<FuzzRequest> {
  return fc.record({
    method: fc.constant(operation.method),
    pathParameters: pathOf(operation.parameters, world),
    query: queryOf(operation.parameters, world),
    headers: headersOf(operation, world),
    body: operation.body
      ? fc.option(bodyOf(acceptableBody(operation.body, world.words)), { freq: 12 })
      : fc.constant(null),
  });
}

/** By the schema alone a body is hardly ever one that makes sense: the example with a few other fields often is. */
function acceptableBody(
  { schema, example }: { schema: Schema; example?: unknown },
  words: Vocabulary,
): fc.Arbitrary<unknown> {
  const bySchema = valueOf(schema, words);
  if (typeof example !== "object" || example === null) return bySchema;
  const fields = Object.entries(schema.properties ?? {}).map(([name, field]) =>
    valueOf(field, words, name).map((value) => ({ [name]: value })),
  );
  const varied = fc
    .array(fc.oneof(...fields), { maxLength: 2 })
    .map((changes) => Object.assign({ ...example }, ...changes) as unknown);
  return fc.oneof({ arbitrary: varied, weight: 4 }, { arbitrary: bySchema, weight: 1 });
}

/** Which identifiers a parameter takes, read from the example that the document gives for it: `ep_...`. */
function kindOf({ name, schema }: Parameter): string {
  return /^([a-z]+)_[0-9a-z]{26}$/.exec(String(schema.example ?? ""))?.[1] ?? name;
}

function pathOf(parameters: readonly Parameter[], world: FuzzWorld): fc.Arbitrary<Record<string, string>> {
  const everyId = [...Object.values(world.own), ...Object.values(world.foreign)].flat();
  const given = parameters
    .filter((parameter) => parameter.in === "path")
    .map((parameter) => {
      const own = fc.constantFrom(...(world.own[kindOf(parameter)] ?? [""]));
      const wrong = fc.oneof(
        fc.constantFrom(...everyId),
        own.map((id) => id.toUpperCase()),
        own.map((id) => id.slice(0, -1)),
        own.map((id) => `${id.slice(0, id.indexOf("_") + 1)}8${id.slice(id.indexOf("_") + 2)}`),
        oddText,
      );
      return [
        parameter.name,
        fc.oneof({ arbitrary: own, weight: 4 }, { arbitrary: wrong, weight: 1 }),
      ] as const;
    });
  return fc.record(Object.fromEntries(given));
}

/** Documented parameters with good and odd values, some twice, some unknown, some encoded wrongly. */
function queryOf(parameters: readonly Parameter[], world: FuzzWorld): fc.Arbitrary<string> {
  const pairs = parameters
    .filter((parameter) => parameter.in === "query")
    .map(({ name, schema }) => {
      const ids = world.own[kindOf({ in: "query", name, schema })];
      const words = ids ? { ...world.words, [name]: ids } : world.words;
      const value = fc.oneof(
        { arbitrary: valueOf(schema, words, name).map(String), weight: 4 },
        { arbitrary: oddText, weight: 1 },
      );
      return value.map((text) => `${name}=${encode(text)}`);
    });
  const odd = fc.oneof(
    fc.tuple(oddText, oddText).map(([name, value]) => `${encode(name)}=${encode(value)}`),
    fc.constantFrom(
      "limit=%ff",
      "cursor=%00",
      "=",
      "&&",
      "limit[]=1",
      "%",
      "cursor=%ed%a0%80",
      "a".repeat(8_000),
    ),
  );
  const pair = fc.oneof(...pairs.map((arbitrary) => ({ arbitrary, weight: 3 })), {
    arbitrary: odd,
    weight: 1,
  });
  return fc.array(pair, { maxLength: pairs.length > 0 ? 4 : 1 }).map((chosen) => chosen.join("&"));
}

/** As a client would that does not know of surrogates: half a pair is sent as its three bytes. */
function encode(text: string): string {
  return [...text].map((part) => (part.isWellFormed() ? encodeURIComponent(part) : "%ED%A0%80")).join("");
}

function headersOf(operation: DocumentedOperation, world: FuzzWorld): fc.Arbitrary<Record<string, string>> {
  const text = oddText.map(headerText);
  const own = operation.parameters
    .filter((parameter) => parameter.in === "header")
    .map((parameter): [string, fc.Arbitrary<string>] => [
      parameter.name.toLowerCase(),
      fc.oneof(fc.constantFrom("k1", "k2"), fc.uuid(), text),
    ]);
  const authorization = fc.oneof(
    { arbitrary: fc.constant(`Bearer ${world.key}`), weight: 12 },
    { arbitrary: fc.constantFrom(...world.otherKeys.map((key) => `Bearer ${key}`)), weight: 1 },
    { arbitrary: text.map((odd) => `Bearer ${odd}`), weight: 1 },
    { arbitrary: text, weight: 1 },
  );
  const contentType = fc.oneof(
    { arbitrary: fc.constant("application/json"), weight: 6 },
    {
      arbitrary: fc.constantFrom(
        "text/plain",
        "application/json; charset=utf-16",
        "application/xml",
        "multipart/form-data",
        "application/x-www-form-urlencoded",
        "",
        ";;;",
      ),
      weight: 3,
    },
    { arbitrary: text, weight: 1 },
  );
  return fc.record(
    {
      authorization,
      "content-type": contentType,
      ...Object.fromEntries(own),
      accept: fc.constantFrom("*/*", "text/html", "application/xml;q=0.1"),
      "accept-language": text,
      traceparent: fc.oneof(fc.constant(`00-${"a".repeat(32)}-${"b".repeat(16)}-01`), text),
      "x-forwarded-for": fc.oneof(fc.constantFrom("10.0.0.1", "::1, 8.8.8.8", "unknown"), text),
      "x-http-method-override": fc.constantFrom("DELETE", "PUT"),
      "content-length": fc.constantFrom("0", "1", "-1", "abc", "1e9"),
      "content-encoding": fc.constantFrom("gzip", "br", "identity", "odd"),
    },
    { requiredKeys: ["authorization"] },
  );
}

/** What a header can carry at all (RFC 9110, 5.5): bytes, without control characters. */
function headerText(text: string): string {
  return text
    .replace(/[^\t\x20-\x7e\xa0-\xff]/g, "?")
    .slice(0, 4_000)
    .trim();
}
