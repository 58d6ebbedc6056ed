import { linearPattern } from "@/lib/domain/linear-pattern/linear-pattern";
import { PatternError } from "@/lib/domain/linear-pattern/parse";
import { isNestedAtMost } from "@/lib/domain/json-value";
import { pathTo, type Problem } from "@/lib/domain/problem";
import { expansionProblem } from "@/lib/domain/schema-expansion";
import { hasSubschemas, isSchemaObject, subschemas, type Schema } from "@/lib/domain/json-subschemas";

const schemaCharactersMax = 64 * 1024;
const schemaDepthMax = 32;

const dialects = [
  "https://json-schema.org/draft/2020-12/schema",
  "https://json-schema.org/draft/2020-12/schema#",
];

const plainKeywords = new Set(
  (
    "$schema $id $ref $comment title description default examples deprecated readOnly writeOnly type enum const " +
    "multipleOf maximum exclusiveMaximum minimum exclusiveMinimum maxLength minLength pattern format " +
    "maxItems minItems uniqueItems maxContains minContains maxProperties minProperties required dependentRequired"
  ).split(" "),
);

/** The formats that are checked. Not among them: those that only a backtracking expression checks (url, regex). */
export const supportedFormats = [
  "date-time",
  "date",
  "time",
  "duration",
  "email",
  "hostname",
  "ipv4",
  "ipv6",
  "uri",
  "uri-reference",
  "uuid",
  "json-pointer",
  "int32",
  "int64",
  "float",
  "double",
] as const;

/**
 * What this platform does not take in an event type's JSON Schema, beyond what the specification says: anything that
 * would have to be fetched, could be slow without bound, or would silently not be checked. Empty when all is well.
 */
export function schemaRuleProblems(schema: unknown): Problem[] {
  if (typeof schema !== "object" || schema === null || Array.isArray(schema)) {
    return [{ path: "schema", message: "must be an object" }];
  }
  if (!isNestedAtMost(schema, schemaDepthMax)) {
    return [{ path: "schema", message: `is nested more than ${schemaDepthMax} levels deep` }];
  }
  if (JSON.stringify(schema).length > schemaCharactersMax) {
    return [{ path: "schema", message: `is longer than ${schemaCharactersMax} characters` }];
  }
  const problems = [...subschemas(schema as Schema, "schema")].flatMap(([subschema, path]) =>
    keywordProblems(subschema, path),
  );
  if (problems.length > 0) return problems;
  const message = expansionProblem(schema as Schema);
  return message === null ? [] : [{ path: "schema", message }];
}

function keywordProblems(schema: Schema, path: string): Problem[] {
  const isRoot = path === "schema";
  return Object.entries(schema).flatMap(([keyword, value]) => {
    const message = keywordProblem(keyword, value, isRoot);
    return message === null ? [] : [{ path: pathTo(path, keyword), message }];
  });
}

function keywordProblem(keyword: string, value: unknown, isRoot: boolean): string | null {
  switch (keyword) {
    case "$schema":
      return dialects.includes(value as string) ? null : "must be JSON Schema 2020-12";
    case "$id":
      return isRoot ? null : "is only allowed at the top of the schema";
    case "$ref":
      return localReferenceProblem(value);
    case "format":
      return (supportedFormats as readonly unknown[]).includes(value)
        ? null
        : `must be one of ${supportedFormats.join(", ")}`;
    case "pattern":
      return patternProblem(value);
    case "patternProperties":
      return isSchemaObject(value) ? firstPatternProblem(Object.keys(value)) : null;
    default:
      return isKnownKeyword(keyword) ? null : "is not a keyword that is checked here";
  }
}

/** `x-` keywords are notes of the author's. */
function isKnownKeyword(keyword: string): boolean {
  return plainKeywords.has(keyword) || hasSubschemas(keyword) || keyword.startsWith("x-");
}

function localReferenceProblem(reference: unknown): string | null {
  if (typeof reference !== "string") return "must be a string";
  if (reference === "#" || /^#\/(\$defs|definitions)\/[^/]+$/.test(reference)) return null;
  return "must be #/$defs/<name>: nothing is fetched from elsewhere";
}

function patternProblem(pattern: unknown): string | null {
  if (typeof pattern !== "string") return "must be a string";
  try {
    linearPattern(pattern);
    return null;
  } catch (error) {
    if (error instanceof PatternError) return error.message;
    throw error;
  }
}

function firstPatternProblem(patterns: readonly string[]): string | null {
  for (const pattern of patterns) {
    const problem = patternProblem(pattern);
    if (problem !== null) return `has the key ${JSON.stringify(pattern)}, which ${problem}`;
  }
  return null;
}
