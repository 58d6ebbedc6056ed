import { type inferParserType, parseAsArrayOf, parseAsString, parseAsStringLiteral } from "nuqs/server";
import {
  resolveTimeRange,
  type TimeRangePreset,
  timeRangeParsers,
} from "@/components/ui/filter-bar/time-range";

/** What the list is filtered by, in the address: `?q=...&actor=usr_...&action=endpoint.updated&range=90d`. */
export const auditFilterParsers = {
  q: parseAsString.withDefault(""),
  actor: parseAsArrayOf(parseAsString).withDefault([]),
  action: parseAsArrayOf(parseAsString).withDefault([]),
  all: parseAsStringLiteral(["0", "1"]).withDefault("0"),
  ...timeRangeParsers,
};

export type AuditFilter = inferParserType<typeof auditFilterParsers>;

/** Which organizations are shown is no filter: clearing the others keeps it. */
export const auditFilterParams = Object.keys(auditFilterParsers).filter((name) => name !== "all");

export const auditPresets: readonly TimeRangePreset[] = ["24h", "7d", "90d"];

/** Everything that is kept, unless something shorter is asked for. */
export const auditMoments = (filter: AuditFilter, now: Date) => resolveTimeRange(filter, now, "90d");
