import "server-only";
import { isNestedAtMost, jsonDepthMax } from "@/lib/domain/json-value";
import { withFiniteNumbers } from "@/lib/domain/lossless-json";
import type { FieldProblem } from "@/lib/server/app-error";

/** The JSON of a draft, under the rules of the API: an object, nested no deeper than a request's body may be. */
export function parseDraftData(text: string): { data: Record<string, unknown> } | { problem: FieldProblem } {
  let data: unknown;
  try {
    data = withFiniteNumbers(JSON.parse(text), text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : "unknown reason";
    return { problem: { path: "data", message: `is not JSON: ${reason}` } };
  }
  if (typeof data !== "object" || data === null || Array.isArray(data)) {
    return { problem: { path: "data", message: "must be a JSON object" } };
  }
  // The envelope around it is a level of its own.
  if (!isNestedAtMost(data, jsonDepthMax - 1)) {
    return { problem: { path: "data", message: `must be nested less than ${jsonDepthMax} levels deep` } };
  }
  return { data: data as Record<string, unknown> };
}
