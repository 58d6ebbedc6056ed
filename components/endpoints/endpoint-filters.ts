import { parseAsString, parseAsStringLiteral } from "nuqs/server";

/** Filters of the list of endpoints, as the address spells them; empty means any. */
export const endpointFilterParsers = {
  q: parseAsString.withDefault(""),
  state: parseAsStringLiteral(["", "active", "validating", "disabled"]).withDefault(""),
  status: parseAsStringLiteral(["", "healthy", "warning", "probation", "failing"]).withDefault(""),
};
