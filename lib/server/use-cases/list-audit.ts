import "server-only";
import { auditDays, type AuditAction } from "@/lib/domain/audit-actions";
import { encodeId, uuidV7Floor, uuidV7FloorSince1970 } from "@/lib/domain/ids";
import type { AuditActorOut, AuditEntryDetail, AuditEntryOut, AuditQuery } from "@/lib/schemas/audit";
import type { Page } from "@/lib/schemas/paging";
import { notFound } from "@/lib/server/app-error";
import { findAuditRow, listAuditActors, listAuditRows, type AuditRow } from "@/lib/server/db/audit-log";
import type { Deps } from "@/lib/server/deps";
import { requireAdmin, requireOperator, type Principal } from "@/lib/server/principal";
import { cursorId, toPage } from "./paging";

const dayMs = 86_400_000;
/** People and keys that the filter offers. */
const actorsMax = 200;

/**
 * Who changed what, newest first. Admins for their organization; with `all`, operators for every organization and the
 * instance itself. Throws 403 for everyone else, and 422 for a cursor that is none.
 */
export async function listAudit(
  deps: Deps,
  principal: Principal,
  { all, search, actor, action, since, until, cursor, limit }: AuditQuery,
): Promise<Page<AuditEntryOut>> {
  const organizationId = scopeOf(principal, all);
  const now = deps.clock().getTime();
  const before = cursorId("aud", cursor);
  const oldest = new Date(now - auditDays * dayMs);
  // A little ahead: the clock of another process may be.
  const newest = uuidV7FloorSince1970(until ?? new Date(now + dayMs));
  const filter = {
    ...{ organizationId, actors: actor, actions: action, text: search.trim() },
    sinceId: uuidV7Floor(since && since > oldest ? since : oldest),
    untilId: before !== null && before < newest ? before : newest,
  };
  const rows = await listAuditRows(deps.sql, filter, limit + 1);
  return toPage(rows, limit, toEntry);
}

/** One entry with what was before and after. Operators find those of every organization. Throws 403 and 404. */
export async function getAuditEntry(deps: Deps, principal: Principal, id: string): Promise<AuditEntryDetail> {
  const row = await findAuditRow(deps.sql, scopeOf(principal, principal.isOperator ? "1" : "0"), id);
  if (!row) throw notFound("entry of the audit log");
  return { ...toEntry(row), before: row.before, after: row.after };
}

/** Who the list can be filtered by. Throws 403. */
export async function listActors(
  deps: Deps,
  principal: Principal,
  all: AuditQuery["all"],
): Promise<AuditActorOut[]> {
  return listAuditActors(deps.sql, scopeOf(principal, all), actorsMax);
}

/** The organization whose entries are shown; null: all of them. */
function scopeOf(principal: Principal, all: AuditQuery["all"]): string | null {
  requireAdmin(principal);
  if (all === "0") return principal.organizationId;
  requireOperator(principal);
  return null;
}

function toEntry(row: AuditRow): AuditEntryOut {
  const { actor, actorLabel, target, address, userAgent, organizationName } = row;
  return {
    id: encodeId("aud", row.id),
    action: row.action as AuditAction,
    ...{ actor, actorLabel, target, address, userAgent, organizationName },
    at: row.at.toISOString(),
  };
}
