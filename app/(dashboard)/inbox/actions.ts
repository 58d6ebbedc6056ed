"use server";

import { redirect } from "next/navigation";
import { z } from "zod";
import type { ActionResult } from "@/lib/schemas/action-result";
import { formFields } from "@/lib/schemas/form-fields";
import { InboxBehaviorIn, InboxEndpointIn, InboxIn, InboxParams } from "@/lib/schemas/inbox";
import { idIn } from "@/lib/schemas/public-id";
import { formAction, userAction } from "@/lib/server/http/user-action";
import { activateEndpoint } from "@/lib/server/use-cases/activate-endpoint";
import { clearInbox } from "@/lib/server/use-cases/clear-inbox";
import { createInbox } from "@/lib/server/use-cases/create-inbox";
import { createInboxEndpoint } from "@/lib/server/use-cases/create-inbox-endpoint";
import { deleteInbox } from "@/lib/server/use-cases/delete-inbox";
import { setInboxBehavior } from "@/lib/server/use-cases/set-inbox-behavior";

/** The address of an inbox is the next thing its maker wants to see. */
const NewInbox = InboxIn.extend({ withEndpoint: z.literal("on").optional() });

export const createInboxAction = formAction(NewInbox, async ({ deps, principal, input }): Promise<never> => {
  const { name } = input;
  const inbox = input.withEndpoint
    ? (await createInboxEndpoint(deps, principal, { name, eventTypes: ["*"] })).inbox
    : await createInbox(deps, principal, { name });
  redirect(`/inbox/${inbox.id}`);
});

/** "No server yet? Use an inbox": an inbox and an endpoint that sends to it, subscribed to what was chosen. */
export const createInboxEndpointAction = userAction(
  InboxEndpointIn,
  async ({ deps, principal, input }): Promise<never> => {
    const { inbox } = await createInboxEndpoint(deps, principal, input);
    redirect(`/inbox/${inbox.id}`);
  },
);

export const setInboxBehaviorAction = userAction(InboxBehaviorIn, ({ deps, principal, input }) =>
  setInboxBehavior(deps, principal, input.id, input.behavior),
);

export const clearInboxAction = userAction(InboxParams, ({ deps, principal, input }) =>
  clearInbox(deps, principal, input.id),
);

export const deleteInboxAction = userAction(InboxParams, ({ deps, principal, input }) =>
  deleteInbox(deps, principal, input.id),
);

/** Sends the signed test at once, which is the first thing an empty inbox can show. */
export const activateInboxEndpointAction = userAction(
  z.strictObject({ id: idIn("endpoint") }),
  async ({ deps, principal, input }) => {
    await activateEndpoint(deps, principal, input.id);
  },
);

/**
 * The same from within the form that creates an endpoint: it takes the event types chosen there, and its
 * description as the name.
 */
export async function makeInboxInsteadAction(form: FormData): Promise<ActionResult<never>> {
  const { description, eventTypes } = formFields(form);
  const chosen = Array.isArray(eventTypes) ? eventTypes.filter((name) => typeof name === "string") : [];
  const name = typeof description === "string" ? description.trim().slice(0, 80) : "";
  return createInboxEndpointAction({
    name: name === "" ? "Test inbox" : name,
    eventTypes: chosen.length > 0 ? chosen : ["*"],
  });
}
