import type { ErrorObject } from "ajv";
import { pathTo, type Problem } from "@/lib/domain/problem";

const problemsMax = 50;

/** Ajv's errors in our words and paths, at least one and at most 50 of them, none twice. `root` is the name of the checked value. */
export function describeSchemaErrors(errors: readonly ErrorObject[], root: string): Problem[] {
  const problems = new Map<string, Problem>();
  for (const error of errors) {
    // "if" only says that its "then" failed, which has errors of its own; "propertyNames" likewise.
    if (error.keyword === "if" || error.keyword === "propertyNames") continue;
    const problem = { path: errorPath(error, root), message: errorMessage(error) };
    problems.set(`${problem.path} ${problem.message}`, problem);
    if (problems.size === problemsMax) break;
  }
  if (problems.size === 0) return [{ path: root, message: "does not satisfy the schema" }];
  return [...problems.values()];
}

/** A missing or unknown property is the problem's place, not the object around it. */
function errorPath(error: ErrorObject, root: string): string {
  const parent = error.instancePath
    .split("/")
    .slice(1)
    .map((token) => token.replaceAll("~1", "/").replaceAll("~0", "~"))
    .reduce((path, token) => pathTo(path, /^(?:0|[1-9]\d*)$/.test(token) ? Number(token) : token), root);
  const params = error.params as Record<string, unknown>;
  const property =
    error.propertyName ?? params.missingProperty ?? params.additionalProperty ?? params.unevaluatedProperty;
  return typeof property === "string" ? pathTo(parent, property) : parent;
}

function errorMessage(error: ErrorObject): string {
  const params = error.params as Record<string, unknown>;
  const limit = params.limit as number;
  if (error.propertyName !== undefined)
    return `is not an allowed property name: it ${error.message ?? "is refused"}`;
  switch (error.keyword) {
    case "required":
    case "dependentRequired":
      return "is missing";
    case "additionalProperties":
    case "unevaluatedProperties":
    case "false schema":
      return "is not allowed here";
    case "type":
      return `must be ${[params.type].flat().map(withArticle).join(" or ")}`;
    case "enum":
      return `must be one of ${(params.allowedValues as unknown[]).map((value) => JSON.stringify(value)).join(", ")}`;
    case "const":
      return `must be ${JSON.stringify(params.allowedValue)}`;
    case "format":
      return `must be ${formatNames[params.format as string] ?? `in the format ${String(params.format)}`}`;
    case "pattern":
      return `must match the pattern ${String(params.pattern)}`;
    case "minLength":
      return limit === 1 ? "must not be empty" : `must have at least ${limit} characters`;
    case "maxLength":
      return `must have at most ${limit} characters`;
    case "minItems":
      return `must have at least ${limit} ${limit === 1 ? "item" : "items"}`;
    case "maxItems":
    case "unevaluatedItems":
      return `must have at most ${(params.limit ?? params.len) as number} items`;
    case "minProperties":
      return `must have at least ${limit} ${limit === 1 ? "property" : "properties"}`;
    case "uniqueItems":
      return "must not have equal items";
    case "anyOf":
      return "matches none of the shapes that are allowed here";
    case "oneOf":
      return "must match exactly one of the shapes that are allowed here";
    case "not":
      return "has a shape that is not allowed here";
    default:
      return error.message ?? "is not valid";
  }
}

function withArticle(type: unknown): string {
  if (type === "null") return "null";
  return `${/^[aio]/.test(String(type)) ? "an" : "a"} ${String(type)}`;
}

const formatNames: Record<string, string> = {
  "date-time": "an ISO 8601 date and time like 2026-03-12T15:00:00Z",
  date: "an ISO 8601 date like 2026-03-12",
  time: "an ISO 8601 time with its offset like 15:00:00Z",
  duration: "an ISO 8601 duration like PT30M",
  email: "an e-mail address",
  hostname: "a host name",
  ipv4: "an IPv4 address",
  ipv6: "an IPv6 address",
  uri: "an absolute URI",
  "uri-reference": "a URI",
  uuid: "a UUID",
  "json-pointer": "a JSON pointer",
};
