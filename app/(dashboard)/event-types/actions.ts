"use server";

import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import {
  EventTypeDeprecation,
  EventTypeDraft,
  EventTypeDraftToCheck,
  EventTypeEdit,
  EventTypeNamed,
} from "@/lib/schemas/event-type-draft";
import { keptFormAction, userAction } from "@/lib/server/http/user-action";
import { checkEventTypeDraft } from "@/lib/server/use-cases/check-event-type-draft";
import { createEventType } from "@/lib/server/use-cases/create-event-type";
import { deleteEventType } from "@/lib/server/use-cases/delete-event-type";
import { updateEventType } from "@/lib/server/use-cases/update-event-type";

const admin = { admin: true };
const draftFields = ["name", "description", "schema", "example"];

export const createEventTypeAction = keptFormAction(
  EventTypeDraft,
  async ({ deps, principal, input }): Promise<never> => {
    const { name } = await createEventType(deps, principal, input);
    redirect(`/event-types/${name}`);
  },
  { ...admin, kept: draftFields },
);

export const updateEventTypeAction = keptFormAction(
  EventTypeEdit,
  async ({ deps, principal, input: { name, patch } }): Promise<never> => {
    await updateEventType(deps, principal, name, patch);
    redirect(`/event-types/${name}`);
  },
  { ...admin, kept: [...draftFields, "loaded"] },
);

/** What keeps a new type from being registered as it stands. */
export const checkNewEventTypeAction = userAction(
  EventTypeDraftToCheck,
  ({ deps, principal, input }) => checkEventTypeDraft(deps, principal, input, { isNew: true }),
  admin,
);

/** What keeps a changed type from being saved as it stands. */
export const checkEventTypeEditAction = userAction(
  EventTypeDraftToCheck,
  ({ deps, principal, input }) => checkEventTypeDraft(deps, principal, input, { isNew: false }),
  admin,
);

export const deprecateEventTypeAction = userAction(
  EventTypeDeprecation,
  async ({ deps, principal, input: { name, deprecated } }) => {
    await updateEventType(deps, principal, name, { deprecated });
    revalidatePath(`/event-types/${name}`);
  },
  admin,
);

export const deleteEventTypeAction = userAction(
  EventTypeNamed,
  ({ deps, principal, input }) => deleteEventType(deps, principal, input.name),
  admin,
);
