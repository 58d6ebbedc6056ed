"use server";

import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import { encodeId } from "@/lib/domain/ids";
import { settingNames } from "@/lib/domain/organization-settings";
import type { FormState } from "@/lib/schemas/action-result";
import { BookingIn, MeetingIdIn, MoveIn } from "@/lib/schemas/meeting";
import { MeetingPreferencesPatch } from "@/lib/schemas/meeting-preferences";
import { keptFormAction, userAction } from "@/lib/server/http/user-action";
import { bookMeeting } from "@/lib/server/use-cases/book-meeting";
import { cancelMeeting } from "@/lib/server/use-cases/cancel-meeting";
import { updateMeetingPreferences } from "@/lib/server/use-cases/meeting-preferences";
import { moveMeeting } from "@/lib/server/use-cases/move-meeting";

type Changed = FormState<{ id: string }>;

const book = keptFormAction(BookingIn, ({ deps, principal, input }) => bookMeeting(deps, principal, input), {
  kept: Object.keys(BookingIn.shape),
});

export async function bookMeetingAction(previous: Changed | null, form: FormData): Promise<Changed> {
  return shownOrRefused(await book(previous, form), "/scheduler/book");
}

const move = keptFormAction(MoveIn, ({ deps, principal, input }) => moveMeeting(deps, principal, input), {
  kept: ["start"],
});

export async function moveMeetingAction(previous: Changed | null, form: FormData): Promise<Changed> {
  return shownOrRefused(await move(previous, form), "/scheduler/[id]/move");
}

/** On to the meeting, which tells what was published; or back to the form, where the time was taken with what is free by now. */
function shownOrRefused({ result, entered }: Changed, page: string): Changed {
  if (result.ok) redirect(`/scheduler/${result.value.id}?done=1`);
  if (result.errors.some(({ path }) => path === "start")) revalidatePath(page, "page");
  return { result, entered };
}

export const cancelMeetingAction = userAction(MeetingIdIn, async ({ deps, principal, input }) => {
  await cancelMeeting(deps, principal, input);
  revalidatePath(`/scheduler/${encodeId("mtg", input.id)}`);
});

export const saveMeetingPreferencesAction = keptFormAction(
  MeetingPreferencesPatch,
  async ({ deps, principal, input }) => {
    await updateMeetingPreferences(deps, principal, input);
    revalidatePath("/scheduler/preferences");
  },
  { kept: settingNames },
);
