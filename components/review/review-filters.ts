import { type inferParserType, parseAsArrayOf, parseAsString, parseAsStringLiteral } from "nuqs/server";
import { type ReviewQuery, reviewReasons, reviewSorts, reviewViews } from "@/lib/schemas/review";

/** What the review is filtered and sorted by, in the address. */
export const reviewFilterParsers = {
  q: parseAsString.withDefault(""),
  reason: parseAsArrayOf(parseAsStringLiteral(reviewReasons)).withDefault([]),
  view: parseAsStringLiteral(reviewViews).withDefault("open"),
  sort: parseAsStringLiteral(reviewSorts).withDefault("urgent"),
  all: parseAsStringLiteral(["0", "1"]).withDefault("0"),
};

export function toReviewQuery({ q, ...rest }: inferParserType<typeof reviewFilterParsers>): ReviewQuery {
  return { ...rest, search: q.slice(0, 200) };
}
