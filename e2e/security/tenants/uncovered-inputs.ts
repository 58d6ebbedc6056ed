import type { z } from "zod";
import { allOperations } from "../../../lib/schemas/operations/all.ts";
import type { Belongings } from "./belongings.ts";
import type { NoIds, RequestTry } from "./case.ts";
import { restName } from "./walk-requests.ts";

/** Inputs that name nothing of anybody: numbers, times, states, and what is stored as it comes. */
const harmless = new Set([
  ...["limit", "since", "until", "outcome", "statusCode", "bucket", "state", "status"],
  ...[
    "name",
    "description",
    "schema",
    "example",
    "deprecated",
    "scope",
    "perSecond",
    "dryRun",
    "overlapSeconds",
  ],
  ...["url", "filter", "successStatus", "onGone", "timeoutSeconds", "retrySchedule", "rateLimitPerSecond"],
  ...["verification", "failurePolicy", "headers", "data", "eventTimestamp", "events"],
]);

/** Parameters of query and body, by operation, that could name something of another's and that no try names. */
export function uncoveredInputs(cases: Record<string, RequestTry[] | NoIds>): string[] {
  return allOperations.flatMap(({ method, path, query, body }) => {
    const name = restName(method, path);
    const tries = cases[name];
    if (!tries || "takesNoIds" in tries) return [];
    const sent = tries.map(textOf).join("\n");
    return [...fieldsOf(query), ...fieldsOf(body)]
      .filter((field) => !harmless.has(field) && !sent.includes(field))
      .map((field) => `${name}: ${field}`);
  });
}

/** Any text does for an id: what counts is the names of the parameters. */
const anyIds = new Proxy({} as Belongings, { get: () => "-" });

function textOf(tried: RequestTry): string {
  return tried.path(anyIds, anyIds) + JSON.stringify(tried.body?.(anyIds, anyIds) ?? "");
}

function fieldsOf(schema: z.ZodType | undefined): string[] {
  return schema && "shape" in schema ? Object.keys(schema.shape as object) : [];
}
