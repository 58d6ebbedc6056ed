import "server-only";
import { findBuiltIn, mayBePublished } from "@/lib/domain/catalog/built-in-event-types";
import { builtInDataProblems } from "@/lib/domain/catalog/check-data";
import { withFiniteNumbers } from "@/lib/domain/lossless-json";
import type { EventIn } from "@/lib/schemas/event";
import { AppError, invalid, type FieldProblem } from "@/lib/server/app-error";
import type { Sql } from "@/lib/server/db/sql";
import type { AcceptedEvent } from "@/lib/server/delivery/fan-out";
import { ownSchemas } from "./own-schemas";

/** What a client sent, parsed, and the text of its `data` as it was sent. */
export interface PublishRequest extends EventIn {
  dataText: string;
  /** Comes before the paths of problems: empty, or like `events[3].`. */
  pathPrefix: string;
}

const problemsMax = 50;

/**
 * Checks events against their types. All are accepted or none: throws 403 for a type that only the system emits and
 * 422 with the paths of what is wrong. `now` is the timestamp of events that came without one.
 */
export async function acceptEvents(
  sql: Sql,
  organizationId: string,
  requests: readonly PublishRequest[],
  now: Date,
): Promise<AcceptedEvent[]> {
  for (const { eventType, pathPrefix } of requests) refuseSystemType(eventType, pathPrefix);
  const names = new Set(
    requests.map((request) => request.eventType).filter((name) => findBuiltIn(name) === null),
  );
  const own = await ownSchemas(sql, organizationId, [...names]);
  const problems: FieldProblem[] = [];
  const accepted = requests.map(({ eventType, eventTimestamp = now, data: sent, dataText, pathPrefix }) => {
    const data = withFiniteNumbers(sent, dataText);
    if (problems.length < problemsMax) problems.push(...eventProblems(eventType, data, pathPrefix, own));
    return { eventType, eventTimestamp, data, dataText };
  });
  if (problems.length > 0) throw invalid(problems.slice(0, problemsMax));
  return accepted;
}

function refuseSystemType(eventType: string, pathPrefix: string): void {
  if (mayBePublished(eventType)) return;
  const message = "is emitted by Posthorn alone";
  throw new AppError(403, `${pathPrefix}eventType: ${eventType} ${message}.`, {
    errors: [{ path: `${pathPrefix}eventType`, message }],
  });
}

function eventProblems(
  eventType: string,
  data: unknown,
  pathPrefix: string,
  own: Awaited<ReturnType<typeof ownSchemas>>,
): FieldProblem[] {
  if (findBuiltIn(eventType) !== null) return prefixed(builtInDataProblems(eventType, data), pathPrefix);
  const schema = own.get(eventType);
  if (schema) return prefixed(schema.validate(data), pathPrefix);
  return [
    {
      path: `${pathPrefix}eventType`,
      message: `there is no event type ${eventType}; register it before publishing`,
    },
  ];
}

function prefixed(problems: readonly FieldProblem[], pathPrefix: string): FieldProblem[] {
  return problems.map(({ path, message }) => ({ path: `${pathPrefix}${path}`, message }));
}
