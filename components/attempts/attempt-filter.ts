import {
  createLoader,
  type inferParserType,
  parseAsArrayOf,
  parseAsString,
  parseAsStringLiteral,
} from "nuqs/server";
import { timeRangeParsers } from "@/components/ui/filter-bar/time-range";
import type { AttemptListFilter } from "@/lib/queries/attempts";

const many = parseAsArrayOf(parseAsString);

/** The log's filters as they stand in the address, by the names of the API's parameters. */
export const attemptFilterParsers = {
  endpointId: many,
  eventType: many,
  statusCode: many,
  outcome: parseAsStringLiteral(["succeeded", "failed"]),
  ...timeRangeParsers,
};

export const attemptFilterParams = Object.keys(attemptFilterParsers);

export const loadAttemptFilter = createLoader(attemptFilterParsers);

/** The filter that a list asks the server for; `endpointId` when the list is one endpoint's. */
export function attemptListFilter(
  chosen: inferParserType<typeof attemptFilterParsers>,
  endpointId?: string,
): AttemptListFilter {
  const { range, since, until } = chosen;
  return {
    endpointId: endpointId ?? (chosen.endpointId ?? []).join(","),
    eventType: (chosen.eventType ?? []).join(","),
    statusCode: (chosen.statusCode ?? []).join(","),
    outcome: chosen.outcome ?? "",
    range: range ?? "",
    since: range ? "" : (since?.toISOString() ?? ""),
    until: range ? "" : (until?.toISOString() ?? ""),
  };
}
