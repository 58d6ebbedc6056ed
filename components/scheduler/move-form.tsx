"use client";

import { useActionState } from "react";
import { SlotChoice } from "@/components/scheduler/slot-choice";
import { Callout } from "@/components/ui/callout";
import { Card } from "@/components/ui/card";
import { LinkButton } from "@/components/ui/link-button";
import { SubmitButton } from "@/components/ui/submit-button";
import { longDate } from "@/lib/format/meeting-time";
import { enteredText, fieldErrors, type FormState } from "@/lib/schemas/action-result";
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
  const [state, submit] = useActionState(action, null);
  return (
    <form action={submit} className="grid gap-5">
      <input type="hidden" name="id" value={meetingId} />
      {state && !state.result.ok && (
        <Callout tone="danger" live title="The meeting was not moved">
          {state.result.message}
        </Callout>
      )}
      <Card title="Time" description={longDate(day.date)}>
        <SlotChoice
          key={`${day.date} ${state ? JSON.stringify(state) : ""}`}
          day={day}
          timeZone={timeZone}
          chosen={enteredText(state, "start")}
          errors={fieldErrors(state?.result ?? null, "start")}
        />
      </Card>
      <div className="sticky bottom-0 -mx-1 flex justify-end gap-2 border-t bg-canvas px-1 py-3">
        <LinkButton href={`/scheduler/${meetingId}`}>Keep the time</LinkButton>
        <SubmitButton>Move the meeting</SubmitButton>
      </div>
    </form>
  );
}
