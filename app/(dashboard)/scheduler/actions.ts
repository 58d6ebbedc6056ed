"use server";

import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import { encodeId } from "@/lib/domain/ids";
import { settingNames } from "@/lib/domain/organization-settings";
import type { ActionResult } from "@/lib/schemas/action-result";
import { BookingIn, MeetingIdIn, type MeetingFormState, MoveIn } from "@/lib/schemas/meeting";
import { MeetingPreferencesPatch, type PreferencesFormState } from "@/lib/schemas/meeting-preferences";
import { formAction, formFields, userAction } from "@/lib/server/http/user-action";
import { bookMeeting } from "@/lib/server/use-cases/book-meeting";
import { cancelMeeting } from "@/lib/server/use-cases/cancel-meeting";
import { updateMeetingPreferences } from "@/lib/server/use-cases/meeting-preferences";
import { moveMeeting } from "@/lib/server/use-cases/move-meeting";

const book = formAction(BookingIn, ({ deps, principal, input }) => bookMeeting(deps, principal, input));

export async function bookMeetingAction(
  _previous: MeetingFormState | null,
  form: FormData,
): Promise<MeetingFormState> {
  return shownOrRefused(await book(null, form), form, "/scheduler/book");
}

const move = formAction(MoveIn, ({ deps, principal, input }) => moveMeeting(deps, principal, input));

export async function moveMeetingAction(
  _previous: MeetingFormState | null,
  form: FormData,
): Promise<MeetingFormState> {
  return shownOrRefused(await move(null, form), form, "/scheduler/[id]/move");
}

/** On to the meeting, which tells what was published; or back to the form, with what is free by now. */
function shownOrRefused(
  result: ActionResult<{ id: string }>,
  form: FormData,
  page: string,
): MeetingFormState {
  if (result.ok) redirect(`/scheduler/${result.value.id}?done=1`);
  revalidatePath(page, "page");
  return { result, values: enteredTexts(form) };
}

export const cancelMeetingAction = userAction(MeetingIdIn, async ({ deps, principal, input }) => {
  await cancelMeeting(deps, principal, input);
  revalidatePath(`/scheduler/${encodeId("mtg", input.id)}`);
});

const savePreferences = formAction(MeetingPreferencesPatch, async ({ deps, principal, input }) => {
  await updateMeetingPreferences(deps, principal, input);
  revalidatePath("/scheduler/preferences");
});

export async function saveMeetingPreferencesAction(
  _previous: PreferencesFormState | null,
  form: FormData,
): Promise<PreferencesFormState> {
  const entered = formFields(form);
  const texts = settingNames.flatMap((name) => {
    const value = Array.isArray(entered[name]) ? entered[name].filter(Boolean).join(",") : entered[name];
    return typeof value === "string" ? [[name, value] as const] : [];
  });
  return { result: await savePreferences(null, form), values: Object.fromEntries(texts) };
}

function enteredTexts(form: FormData): MeetingFormState["values"] {
  const fields = Object.entries(formFields(form));
  return Object.fromEntries(
    fields.filter((field): field is [string, string] => typeof field[1] === "string"),
  );
}
