import "server-only";
import type { TransitionOut } from "@/lib/schemas/endpoint-transition";
import type { Page, PageQuery } from "@/lib/schemas/paging";
import { listTransitionRows } from "@/lib/server/db/transitions";
import type { Deps } from "@/lib/server/deps";
import type { Principal } from "@/lib/server/principal";
import { requireEndpoint } from "./get-endpoint";
import { foreignCursor } from "./paging";

const uuidPattern = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** What happened to an endpoint's state and status, newest first. Throws 404, and 422 for a foreign cursor. */
export async function listTransitions(
  deps: Deps,
  principal: Principal,
  id: string,
  { limit, cursor }: PageQuery,
): Promise<Page<TransitionOut>> {
  await requireEndpoint(deps, principal, id);
  if (cursor !== undefined && !uuidPattern.test(cursor)) throw foreignCursor();
  const page = { beforeId: cursor, limit: limit + 1 };
  const rows = await listTransitionRows(deps.prisma, principal.organizationId, id, page);
  const shown = rows.slice(0, limit);
  return {
    items: shown.map((row) => ({
      kind: row.kind as TransitionOut["kind"],
      from: row.from,
      to: row.to,
      reason: row.reason,
      detail: row.detail,
      actor: row.actor,
      actorLabel: row.actorLabel,
      at: row.at.toISOString(),
    })),
    nextCursor: rows.length > limit ? (shown.at(-1)?.id ?? null) : null,
  };
}
