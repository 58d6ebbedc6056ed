import "server-only";
import { findBuiltIn } from "@/lib/domain/catalog/built-in-event-types";
import { exampleProblems } from "@/lib/domain/event-type-schema";
import { canonicalJson } from "@/lib/domain/json-value";
import type { EventTypeOut, EventTypePatch } from "@/lib/schemas/event-type";
import { AppError, invalid, notFound } from "@/lib/server/app-error";
import { recordAudit, type AuditedChange } from "@/lib/server/db/audit";
import { lockOwnEventType, updateOwnEventType, type OwnEventType } from "@/lib/server/db/event-types";
import type { Deps } from "@/lib/server/deps";
import { requireAdmin, type Principal } from "@/lib/server/principal";
import { ownEventTypeOut } from "./list-event-types";

/**
 * Changes an own event type; its name stays, and what changes nothing leaves no trace. What was published before is not
 * checked again. Throws 403 for who is no admin and for built-in types, 404, and 422 when schema and example do not go
 * together afterwards.
 */
export async function updateEventType(
  deps: Deps,
  principal: Principal,
  name: string,
  patch: EventTypePatch,
): Promise<EventTypeOut> {
  requireAdmin(principal);
  refuseBuiltIn(name, "changed");
  return deps.transaction(async ({ prisma, sql }) => {
    const before = await lockOwnEventType(sql, principal.organizationId, name);
    if (!before) throw notFound("event type");
    const after = patched(before, patch, deps.clock());
    if (isSame(before, after)) return ownEventTypeOut(before);
    const problems = exampleProblems(after.schema, after.example);
    if (problems.length > 0) throw invalid(problems);
    await updateOwnEventType(sql, principal.organizationId, after);
    const change: AuditedChange = {
      action: "event_type.changed",
      target: name,
      ...difference(before, after),
    };
    await recordAudit(prisma, principal, change, deps.clock(), deps.newId());
    return ownEventTypeOut(after);
  });
}

export function refuseBuiltIn(name: string, verb: "changed" | "deleted"): void {
  if (findBuiltIn(name)) throw new AppError(403, `${name} is built in and cannot be ${verb}.`);
}

function patched(before: OwnEventType, patch: EventTypePatch, now: Date): OwnEventType {
  const { deprecated = before.deprecatedAt !== null, ...rest } = patch;
  const given = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined));
  return {
    ...before,
    ...given,
    deprecatedAt: deprecated ? (before.deprecatedAt ?? now) : null,
    // Processes tell a new schema by this moment, so two changes never share one.
    updatedAt: new Date(Math.max(now.getTime(), before.updatedAt.getTime() + 1)),
  };
}

/** By the letter: a schema in another order of its keys means the same, and is shown as it was written. */
function isSame(one: OwnEventType, other: OwnEventType): boolean {
  const written = ({ description, schema, example, deprecatedAt }: OwnEventType) =>
    JSON.stringify({ description, schema, example, deprecatedAt });
  return written(one) === written(other);
}

/** What the audit log keeps: schemas and examples are large, so only whether they changed. */
function difference(before: OwnEventType, after: OwnEventType) {
  const told = (type: OwnEventType, isAfter: boolean) => ({
    description: type.description,
    deprecated: type.deprecatedAt !== null,
    ...(isAfter && changed(before.schema, after.schema) ? { schema: "changed" } : {}),
    ...(isAfter && changed(before.example, after.example) ? { example: "changed" } : {}),
  });
  return { before: told(before, false), after: told(after, true) };
}

function changed(before: unknown, after: unknown): boolean {
  return canonicalJson(before) !== canonicalJson(after);
}
