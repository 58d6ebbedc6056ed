import "server-only";
import { checkEventTypePatterns, matchesEventType } from "@/lib/domain/event-matching";
import { AppError, notFound } from "@/lib/server/app-error";
import { recordAudit, type AuditedChange } from "@/lib/server/db/audit";
import {
  deleteOwnEventType,
  hasEventsOfType,
  listSubscriptions,
  lockOwnEventType,
} from "@/lib/server/db/event-types";
import { lockOrganization } from "@/lib/server/db/organization-lock";
import type { Sql } from "@/lib/server/db/sql";
import type { Deps } from "@/lib/server/deps";
import { requireAdmin, type Principal } from "@/lib/server/principal";
import { oldestKeptId } from "./event-range";
import { listEventTypeNames } from "./list-event-types";
import { refuseBuiltIn } from "./update-event-type";

/**
 * Deletes an own event type that nothing uses: no event of it is kept, and no endpoint's subscription depends on it.
 * Throws 403 for who is no admin and for built-in types, 404, and 409 for a type in use, which can be deprecated.
 */
export async function deleteEventType(deps: Deps, principal: Principal, name: string): Promise<void> {
  requireAdmin(principal);
  refuseBuiltIn(name, "deleted");
  await deps.transaction(async ({ prisma, sql }) => {
    // Whoever subscribes locks it, too: the endpoints that depend on the type stay the same until it is gone.
    await lockOrganization(sql, principal.organizationId);
    const type = await lockOwnEventType(sql, principal.organizationId, name);
    if (!type) throw notFound("event type");
    if (await hasEventsOfType(sql, principal.organizationId, name, oldestKeptId(deps))) {
      throw new AppError(409, `Events of ${name} are still kept. Deprecate it instead.`);
    }
    const dependents = await countDependents(sql, principal, name);
    if (dependents > 0) {
      const endpoints = dependents === 1 ? "1 endpoint subscribes" : `${dependents} endpoints subscribe`;
      throw new AppError(
        409,
        `${endpoints} to ${name}. Deprecate it instead, or change the subscription first.`,
      );
    }
    await deleteOwnEventType(sql, principal.organizationId, name);
    const before = { description: type.description, deprecated: type.deprecatedAt !== null };
    const change: AuditedChange = { action: "event_type.deleted", target: name, before };
    await recordAudit(prisma, principal, change, deps.clock(), deps.newId());
  });
}

/** Endpoints whose subscription would name nothing without the type: by its name, or by a group with no other type. */
async function countDependents(sql: Sql, principal: Principal, name: string): Promise<number> {
  const known = await listEventTypeNames({ sql }, principal);
  const remaining = known.filter((each) => each !== name);
  const subscriptions = await listSubscriptions(sql, principal.organizationId);
  return subscriptions.filter(({ eventTypes }) =>
    eventTypes.some(
      (pattern) =>
        matchesEventType([pattern], name) && checkEventTypePatterns([pattern], remaining).length > 0,
    ),
  ).length;
}
