import sift from "sift";
import { checkFilterShape } from "@/lib/domain/event-filter-shape";

/** A MongoDB-style query over an event's `data`, as JSON: `{ "meetingOwner.userId": "51877" }`. */
export type EventFilter = { readonly [key: string]: unknown };

function refused(): never {
  throw new TypeError("This operator is not part of an event filter");
}

/** sift's own set has these; the two that run code or expressions of the filter's author must not be reachable. */
const operations = { $where: refused, $regex: refused, $options: refused, $type: refused };

/**
 * What is wrong with an endpoint's filter, one sentence per problem that begins with its path; empty when it can be
 * saved. Every operator takes time linear in the event, and means the same in every process.
 */
export function checkFilter(filter: unknown): string[] {
  const problems = checkFilterShape(filter);
  if (problems.length > 0) return problems;
  try {
    compile(filter as EventFilter);
    return [];
  } catch {
    return ["filter is not a query that can be evaluated"];
  }
}

type Tester = (data: unknown) => boolean;

/** Per filter object, so that a batch of a thousand events compiles the filter of each endpoint once. */
const testers = new WeakMap<EventFilter, Tester>();

/**
 * Whether an event's data passes a filter. Never throws: a filter that cannot be evaluated lets nothing pass, as too
 * few events can be recovered from the log and too many have already left. The filter object must not be changed
 * afterwards, its compiled form is kept as long as it lives.
 */
export function matchesFilter(filter: EventFilter, data: unknown): boolean {
  try {
    let tester = testers.get(filter);
    if (tester === undefined) {
      tester = compile(filter);
      testers.set(filter, tester);
    }
    return tester(data);
  } catch {
    return false;
  }
}

/** The copy is of plain objects only: sift does not recognize a query in objects without a prototype. */
function compile(filter: EventFilter): Tester {
  return sift(JSON.parse(JSON.stringify(filter)) as EventFilter, { operations });
}
