"use server";

import { EventDraft, EventDraftToPublish } from "@/lib/schemas/event-draft";
import { userAction } from "@/lib/server/http/user-action";
import { checkEventDraft } from "@/lib/server/use-cases/check-event-draft";
import { publishEventDraft } from "@/lib/server/use-cases/publish-event-draft";

export const checkEventDraftAction = userAction(EventDraft, ({ deps, principal, input }) =>
  checkEventDraft(deps, principal, input),
);

export const publishEventDraftAction = userAction(EventDraftToPublish, ({ deps, principal, input }) =>
  publishEventDraft(deps, principal, input),
);
