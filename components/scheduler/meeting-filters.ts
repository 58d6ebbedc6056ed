import { parseAsArrayOf, parseAsString, parseAsStringLiteral } from "nuqs/server";
import { meetingViews } from "@/lib/schemas/meeting";

/** What the list is filtered by, in the address: `?view=past&owner=usr_a,usr_b`. */
export const meetingFilterParsers = {
  view: parseAsStringLiteral(meetingViews).withDefault("upcoming"),
  owner: parseAsArrayOf(parseAsString).withDefault([]),
};

export const meetingFilterParams = Object.keys(meetingFilterParsers);
