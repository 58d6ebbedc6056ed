import type { ActionResult } from "@/lib/schemas/action-result";
import type { PublishedOut } from "@/lib/schemas/event";
import type { DraftVerdict, EventDraft, EventDraftToPublish } from "@/lib/schemas/event-draft";

/** The server actions of the publish page, which hands them down. */
export interface PublishActions {
  check: (draft: EventDraft) => Promise<ActionResult<DraftVerdict>>;
  publish: (draft: EventDraftToPublish) => Promise<ActionResult<PublishedOut>>;
}

/** A type that people may publish, and what its editor begins with. */
export interface PublishableType {
  name: string;
  description: string;
  exampleText: string;
  deprecated: boolean;
}
