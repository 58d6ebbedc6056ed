"use client";

import { TimePart } from "@/components/scheduler/time-part";
import { LinkButton } from "@/components/ui/link-button";
import { SubmitButton } from "@/components/ui/submit-button";
import { refuseKept, useFormAction } from "@/components/ui/use-form-action";
import type { FormState } from "@/lib/schemas/action-result";
import type { CalendarDayOut } from "@/lib/schemas/meeting";

type Changed = FormState<{ id: string }>;

type MoveFormProps = {
  action: (previous: Changed | null, form: FormData) => Promise<Changed>;
  meetingId: string;
  day: CalendarDayOut;
  timeZone: string;
};

/** Another time for a meeting; everything else about it stays. */
export function MoveForm({ action, meetingId, day, timeZone }: MoveFormProps) {
  const [state, submit] = useFormAction(action, refuseKept);
  return (
    <form action={submit} className="grid gap-5">
      <input type="hidden" name="id" value={meetingId} />
      <TimePart state={state} refusedTitle="The meeting was not moved" day={day} timeZone={timeZone} />
      <div className="sticky bottom-0 -mx-1 flex justify-end gap-2 border-t bg-canvas px-1 py-3">
        <LinkButton href={`/scheduler/${meetingId}`}>Keep the time</LinkButton>
        <SubmitButton>Move the meeting</SubmitButton>
      </div>
    </form>
  );
}
