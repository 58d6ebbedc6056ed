import "server-only";
import { encodeId } from "@/lib/domain/ids";
import type { ReviewActionIn, ReviewResult } from "@/lib/schemas/review";
import { AppError, notFound } from "@/lib/server/app-error";
import { recordAudit, type AuditedChange } from "@/lib/server/db/audit";
import { insertReviewNote } from "@/lib/server/db/review";
import type { Deps } from "@/lib/server/deps";
import { requireAdmin, requireOperator, type Principal } from "@/lib/server/principal";
import { activateEndpoint } from "./activate-endpoint";
import { disableEndpoint } from "./disable-endpoint";

/**
 * Does one thing to many endpoints, one after the other: a refusal of one does not stop the rest, and the answer says
 * what became of each. Admins for their organization; with `all`, operators for every organization.
 */
export async function reviewEndpoints(
  deps: Deps,
  principal: Principal,
  { endpointIds, action, note, all }: ReviewActionIn,
): Promise<ReviewResult[]> {
  requireAdmin(principal);
  if (all) requireOperator(principal);
  const results: ReviewResult[] = [];
  for (const id of new Set(endpointIds)) {
    results.push(await reviewOne(deps, principal, { id, action, note, all }));
  }
  return results;
}

interface OneReview extends Pick<ReviewActionIn, "action" | "note" | "all"> {
  id: string;
}

async function reviewOne(deps: Deps, principal: Principal, one: OneReview): Promise<ReviewResult> {
  const endpointId = encodeId("ep", one.id);
  const known = await deps.prisma.endpoint.findFirst({
    where: { id: one.id, deletedAt: null, ...(!one.all && { organizationId: principal.organizationId }) },
    select: { url: true, organizationId: true, state: true },
  });
  const url = known?.url ?? null;
  try {
    if (!known) throw notFound("endpoint");
    const actingFor = { ...principal, organizationId: known.organizationId };
    return { endpointId, url, ok: true, message: await act(deps, actingFor, one, known.state) };
  } catch (error) {
    if (error instanceof AppError) return { endpointId, url, ok: false, message: error.message };
    throw error;
  }
}

async function act(deps: Deps, principal: Principal, one: OneReview, stateBefore: string): Promise<string> {
  switch (one.action) {
    case "activate": {
      const { state } = await activateEndpoint(deps, principal, one.id);
      return state === stateBefore ? `Was ${state} already; nothing changed.` : "Its test is on the way.";
    }
    case "disable":
      await disableEndpoint(deps, principal, one.id);
      return stateBefore === "disabled" ? "Was disabled already; nothing changed." : "Disabled.";
    case "seen":
      await markSeen(deps, principal, one);
      return "Marked as seen.";
  }
}

async function markSeen(deps: Deps, principal: Principal, { id, note }: OneReview): Promise<void> {
  const { actor, actorLabel, organizationId } = principal;
  const at = deps.clock();
  await deps.transaction(async ({ prisma, sql }) => {
    const row = { id: deps.newId(), endpointId: id, note, actor, actorLabel, at };
    if (!(await insertReviewNote(sql, organizationId, row))) throw notFound("endpoint");
    const change: AuditedChange = {
      action: "endpoint.marked_as_seen",
      target: encodeId("ep", id),
      after: { note },
    };
    await recordAudit(prisma, principal, change, at, deps.newId());
  });
}
