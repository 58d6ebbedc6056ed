import { parseAsArrayOf, parseAsString, parseAsStringLiteral } from "nuqs/server";
import { noticeKinds, noticeStates } from "@/lib/domain/notice";

/** What the list is filtered by, in the address: read on the server for the first paint and in the browser after it. */
export const noticeFilterParsers = {
  kind: parseAsArrayOf(parseAsStringLiteral(noticeKinds)).withDefault([]),
  state: parseAsArrayOf(parseAsStringLiteral(noticeStates)).withDefault([]),
  endpoint: parseAsString,
};
