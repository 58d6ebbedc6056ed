import "server-only";
import { encodeId } from "@/lib/domain/ids";
import type { ReviewItem, ReviewOut, ReviewQuery } from "@/lib/schemas/review";
import { AppError } from "@/lib/server/app-error";
import { listForReview, listReviewHours, type HourRow, type ReviewRow } from "@/lib/server/db/review";
import type { Deps } from "@/lib/server/deps";
import { requireAdmin, type Principal } from "@/lib/server/principal";
import { oldestKeptId } from "./event-range";

const hourMs = 3_600_000;
const hoursShown = 24;
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
  const firstHourMs = Math.floor(deps.clock().getTime() / hourMs - (hoursShown - 1)) * hourMs;
  const ids = shown.map((row) => row.id);
  const hours = await listReviewHours(deps.sql, ids, new Date(firstHourMs));
  const byEndpoint = Map.groupBy(hours, ({ endpointId }) => endpointId);
  const seenCount = known.filter((row) => row.noteAt !== null).length;
  return {
    items: shown.map((row) => toItem(row, hoursOf(byEndpoint.get(row.id) ?? [], firstHourMs))),
    openCount: known.length - seenCount,
    seenCount,
    limited: rows.length > rowsMax,
  };
}

/** Throws 403 unless the principal operates the instance. */
export function requireOperator(principal: Principal): void {
  if (principal.isOperator) return;
  throw new AppError(403, "Only operators of this instance see all of its organizations.");
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

function hoursOf(rows: readonly HourRow[], firstHourMs: number): ReviewItem["hours"] {
  const byHour = new Map(rows.map((row) => [row.hour.getTime(), row]));
  return Array.from({ length: hoursShown }, (_, index) => {
    const row = byHour.get(firstHourMs + index * hourMs);
    return { ok: row?.ok ?? 0, failed: row?.failed ?? 0 };
  });
}
