import "server-only";
import { encodeId } from "@/lib/domain/ids";
import type { ReviewItem, ReviewOut, ReviewQuery } from "@/lib/schemas/review";
import { listForReview, type ReviewRow } from "@/lib/server/db/review";
import type { Deps } from "@/lib/server/deps";
import { requireAdmin, requireOperator, type Principal } from "@/lib/server/principal";
import { oldestKeptId } from "./event-range";
import { lastDayOf } from "./last-day";

/** What a person can go through; the rest shows up as the first are dealt with. */
const rowsMax = 500;

/**
 * Endpoints that need a look. Admins for their organization; with `all`, operators for every organization. Throws 403
 * for everyone else.
 */
export async function listReview(deps: Deps, principal: Principal, query: ReviewQuery): Promise<ReviewOut> {
  requireAdmin(principal);
  if (query.all === "1") requireOperator(principal);
  const organizationId = query.all === "1" ? null : principal.organizationId;
  const rows = await listForReview(deps.sql, organizationId, oldestKeptId(deps), rowsMax + 1);
  const known = rows.slice(0, rowsMax);
  const shown = known.filter((row) => matches(row, query));
  const comparison = comparisons[query.sort];
  if (comparison) shown.sort(comparison);
  const ids = shown.map((row) => row.id);
  const hoursOf = await lastDayOf(deps, organizationId, ids);
  const seenCount = known.filter((row) => row.noteAt !== null).length;
  return {
    items: shown.map((row) => toItem(row, hoursOf(row.id))),
    openCount: known.length - seenCount,
    seenCount,
    limited: rows.length > rowsMax,
  };
}

function matches(row: ReviewRow, { reason, view, search }: ReviewQuery): boolean {
  if (reason.length > 0 && !reason.includes(row.reason)) return false;
  if (view !== "all" && (view === "seen") !== (row.noteAt !== null)) return false;
  if (search === "") return true;
  const words = [
    row.url,
    row.description,
    row.organizationName,
    row.ownerEmail ?? "",
    encodeId("ep", row.id),
  ];
  return words.some((word) => word.toLowerCase().includes(search.toLowerCase()));
}

type Comparison = (a: ReviewRow, b: ReviewRow) => number;

const comparisons: Record<ReviewQuery["sort"], Comparison | null> = {
  // As the database orders them: what will be disabled next, what may still pass its test, what is off already.
  urgent: null,
  newest: (a, b) => b.since.getTime() - a.since.getTime(),
  oldest: (a, b) => a.since.getTime() - b.since.getTime(),
};

function toItem(row: ReviewRow, hours: ReviewItem["hours"]): ReviewItem {
  const { url, description, organizationName, state, status, reason, statusReason, lastError } = row;
  return {
    endpointId: encodeId("ep", row.id),
    url,
    description,
    organizationName,
    state,
    status,
    reason,
    statusReason,
    since: row.since.toISOString(),
    disablesAt: row.disablesAt?.toISOString() ?? null,
    validatingUntil: row.validatingUntil?.toISOString() ?? null,
    lastError,
    hours,
    owner: row.ownerEmail === null ? null : { name: row.ownerName ?? "", email: row.ownerEmail },
    note:
      row.noteAt === null
        ? null
        : { note: row.note ?? "", by: row.noteBy ?? "", at: row.noteAt.toISOString() },
  };
}
