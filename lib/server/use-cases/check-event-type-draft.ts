import "server-only";
import { checkEventTypeName } from "@/lib/domain/event-type-name";
import { exampleProblems } from "@/lib/domain/event-type-schema";
import type { EventTypeIn } from "@/lib/schemas/event-type";
import type { FieldProblem } from "@/lib/server/app-error";
import { findOwnEventType } from "@/lib/server/db/event-types";
import type { Deps } from "@/lib/server/deps";
import { requireAdmin, type Principal } from "@/lib/server/principal";

/** What saving the draft would refuse; empty when it can be saved. */
export async function checkEventTypeDraft(
  deps: Deps,
  principal: Principal,
  draft: EventTypeIn,
  { isNew }: { isNew: boolean },
): Promise<FieldProblem[]> {
  requireAdmin(principal);
  const problems: FieldProblem[] = exampleProblems(draft.schema, draft.example);
  const nameProblem = isNew ? checkEventTypeName(draft.name) : null;
  if (nameProblem !== null) return [{ path: "name", message: nameProblem }, ...problems];
  const isTaken = isNew && (await findOwnEventType(deps.sql, principal.organizationId, draft.name)) !== null;
  return isTaken ? [{ path: "name", message: "is taken by another event type" }, ...problems] : problems;
}
