import { parseAsArrayOf, parseAsString } from "nuqs/server";
import { timeRangeParsers } from "@/components/ui/filter-bar/time-range";

/** The filters of the list of events in the address: `?eventType=a,b&id=evt_...&range=24h`. */
export const eventFilterParsers = {
  eventType: parseAsArrayOf(parseAsString).withDefault([]),
  id: parseAsString.withDefault(""),
  ...timeRangeParsers,
};

export const eventFilterParams = Object.keys(eventFilterParsers);
