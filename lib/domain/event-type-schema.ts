import type { Format, RegExpEngine, ValidateFunction } from "ajv/dist/types/index.js";
import { Ajv2020, type Options } from "ajv/dist/2020.js";
import { fullFormats } from "ajv-formats/dist/formats.js";
import { describeSchemaErrors } from "@/lib/domain/event-type-schema-errors";
import { schemaRuleProblems, supportedFormats } from "@/lib/domain/event-type-schema-rules";
import { canonicalJson, hasAtMostValues, isNestedAtMost, jsonDepthMax } from "@/lib/domain/json-value";
import { linearPattern } from "@/lib/domain/linear-pattern/linear-pattern";
import type { Problem } from "@/lib/domain/problem";

export { checkEventTypeName } from "@/lib/domain/event-type-name";
export type { Problem } from "@/lib/domain/problem";

export interface CompiledSchema {
  /**
   * What is wrong with a value, in the order of the schema; empty when it satisfies it. Never throws, and takes time
   * linear in the value. `root` is the first part of the paths, "data" when not given.
   */
  validate(value: unknown, root?: string): Problem[];
}

/** Longer strings satisfy no format: the expressions behind some formats take quadratic time. */
const formattedLengthMax = 2048;
/** How many characters the patterns of a schema may look at in one value; then they match nothing more. */
const patternCharactersMax = 100_000;
/** Of a larger value only the first problem is reported: each costs memory, and a million of them a lot. */
const fullyReportedValuesMax = 5000;

const patternBudget = { charactersLeft: 0 };

/** Ajv tells patterns apart by their text. The name in `code` is for its standalone modules, which are not made here. */
const linearEngine: RegExpEngine = Object.assign(
  (pattern: string) => ({ ...linearPattern(pattern, patternBudget), toString: () => `/${pattern}/u` }),
  { code: "linearPattern" },
);

/** Checks schemas against the meta-schema; it compiles no other one. */
const metaChecker = newAjv({ allErrors: false });

/** One Ajv for each schema, as it keeps every value it has ever compiled for as long as it lives itself. */
function compileWith(options: { allErrors: boolean }, schema: object): ValidateFunction {
  return newAjv({ ...options, meta: false, validateSchema: false }).compile(schema);
}

function newAjv(options: Options): Ajv2020 {
  const ajv = new Ajv2020({
    ...options,
    // Unknown keywords and formats are refused by schemaRuleProblems, with paths.
    strict: false,
    logger: false,
    addUsedSchema: false,
    inlineRefs: false,
    ownProperties: true,
    code: { regExp: linearEngine },
  });
  for (const name of supportedFormats) ajv.addFormat(name, bounded(fullFormats[name]));
  // Only the meta-schema uses it; whether a pattern can be used is schemaRuleProblems' business.
  ajv.addFormat("regex", true);
  ajv.removeKeyword("uniqueItems");
  ajv.addKeyword({
    keyword: "uniqueItems",
    type: "array",
    schemaType: "boolean",
    errors: false,
    // Ajv's own compares each item with each other one.
    validate: (isOn: boolean, items: unknown[]) =>
      !isOn || new Set(items.map(canonicalJson)).size === items.length,
  });
  return ajv;
}

/** The same format for strings up to the bound; formats of numbers stay as they are. */
function bounded(format: Format | undefined): Format {
  if (format === undefined) throw new Error("ajv-formats no longer has a format that is supported here");
  if (typeof format === "boolean" || isNumberFormat(format)) return format;
  const check = typeof format === "object" && "validate" in format ? format.validate : format;
  if (typeof check === "function") {
    const passes = check as (text: string) => boolean;
    return (text: string) => isShort(text) && passes(text);
  }
  const expression = new RegExp(check);
  return (text: string) => isShort(text) && expression.test(text);
}

function isNumberFormat(format: Format): boolean {
  return typeof format === "object" && "type" in format && format.type === "number";
}

function isShort(text: string): boolean {
  return text.length <= formattedLengthMax;
}

/**
 * Compiles an event type's JSON Schema 2020-12, or says why it cannot be used. It costs a few milliseconds: keep the
 * result for as long as the event type does not change.
 */
export function compileSchema(schema: unknown): CompiledSchema | { problem: string } {
  const result = tryToCompile(schema);
  return Array.isArray(result) ? { problem: `${result[0]!.path} ${result[0]!.message}` } : result;
}

/** What keeps an example from being saved with its schema: the schema's own problems, or else the example's. */
export function exampleProblems(schema: unknown, example: unknown): Problem[] {
  const result = tryToCompile(schema);
  return Array.isArray(result) ? result : result.validate(example, "example");
}

/** The compiled schema, or at least one problem of it. */
function tryToCompile(schema: unknown): CompiledSchema | Problem[] {
  const problems = schemaRuleProblems(schema);
  if (problems.length > 0) return problems;
  // Its name matters only to references from elsewhere, and could hide a schema of Ajv's own.
  const { $id, ...anonymous } = schema as Record<string, unknown>;
  if ($id !== undefined && typeof $id !== "string")
    return [{ path: "schema.$id", message: "must be a string" }];
  patternBudget.charactersLeft = Infinity;
  if (metaChecker.validateSchema(anonymous) !== true) {
    return describeSchemaErrors(metaChecker.errors ?? [], "schema");
  }
  try {
    return compiled(anonymous);
  } catch (error) {
    // References that lead nowhere, and anything else Ajv finds only while compiling.
    return [
      {
        path: "schema",
        message: `cannot be used: ${error instanceof Error ? error.message : "unknown reason"}`,
      },
    ];
  }
}

function compiled(schema: object): CompiledSchema {
  const quick = compileWith({ allErrors: false }, schema);
  let thorough: ValidateFunction | null = null;
  return {
    validate(value, root = "data") {
      if (!isNestedAtMost(value, jsonDepthMax)) {
        return [{ path: root, message: `is nested more than ${jsonDepthMax} levels deep` }];
      }
      if (satisfies(quick, value)) return [];
      if (!hasAtMostValues(value, fullyReportedValuesMax))
        return describeSchemaErrors(quick.errors ?? [], root);
      thorough ??= compileWith({ allErrors: true }, schema);
      satisfies(thorough, value);
      return describeSchemaErrors(thorough.errors ?? [], root);
    },
  };
}

function satisfies(validate: ValidateFunction, value: unknown): boolean {
  patternBudget.charactersLeft = patternCharactersMax;
  return validate(value) === true;
}
