import "server-only";
import { exampleProblems } from "@/lib/domain/event-type-schema";
import { ownEventTypesMax } from "@/lib/domain/limits";
import type { EventTypeIn, EventTypeOut } from "@/lib/schemas/event-type";
import { AppError, invalid, limitReached } from "@/lib/server/app-error";
import { recordAudit, type AuditedChange } from "@/lib/server/db/audit";
import { insertOwnEventType, listOwnEventTypeNames, type OwnEventType } from "@/lib/server/db/event-types";
import { lockOrganization } from "@/lib/server/db/organization-lock";
import type { Deps } from "@/lib/server/deps";
import { requireAdmin, type Principal } from "@/lib/server/principal";
import { ownEventTypeOut } from "./list-event-types";

/**
 * Registers an event type of the organization's own. Throws 403 for who is no admin, 422 for a schema that cannot be
 * used or an example that does not satisfy it, and 409 when the name is taken or there are `ownEventTypesMax` already.
 */
export async function createEventType(
  deps: Deps,
  principal: Principal,
  input: EventTypeIn,
): Promise<EventTypeOut> {
  requireAdmin(principal);
  const problems = exampleProblems(input.schema, input.example);
  if (problems.length > 0) throw invalid(problems);
  const now = deps.clock();
  const type: OwnEventType = { ...input, createdAt: now, updatedAt: now, deprecatedAt: null };
  return deps.transaction(async ({ prisma, sql }) => {
    await lockOrganization(sql, principal.organizationId);
    const names = await listOwnEventTypeNames(sql, principal.organizationId);
    if (names.length >= ownEventTypesMax) {
      throw limitReached("event types", ownEventTypesMax, "Delete one that is not used.");
    }
    if (!(await insertOwnEventType(sql, principal.organizationId, type))) {
      throw new AppError(409, `There is already an event type ${type.name}.`, {
        errors: [{ path: "name", message: "is taken by another event type" }],
      });
    }
    const after = { description: type.description };
    const change: AuditedChange = { action: "event_type.created", target: type.name, after };
    await recordAudit(prisma, principal, change, now, deps.newId());
    return ownEventTypeOut(type);
  });
}
