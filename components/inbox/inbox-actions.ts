import type { InboxBehavior } from "@/lib/domain/inbox-answer";
import type { ActionResult } from "@/lib/schemas/action-result";

/** What the page of an inbox can have done; the page hands the server actions in. */
export interface InboxActions {
  setBehavior: (input: { id: string; behavior: InboxBehavior }) => Promise<ActionResult>;
  clear: (input: { id: string }) => Promise<ActionResult>;
  remove: (input: { id: string }) => Promise<ActionResult>;
  /** `id` is an endpoint's. */
  activate: (input: { id: string }) => Promise<ActionResult>;
}

export type CreateInboxAction = (
  previous: ActionResult<never> | null,
  form: FormData,
) => Promise<ActionResult<never>>;
