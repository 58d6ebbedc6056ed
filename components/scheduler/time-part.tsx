"use client";

import { SlotChoice } from "@/components/scheduler/slot-choice";
import { Callout } from "@/components/ui/callout";
import { Card } from "@/components/ui/card";
import { useBroughtIntoView } from "@/components/ui/use-brought-into-view";
import { longDate } from "@/lib/format/meeting-time";
import { enteredText, fieldErrors, type FormState } from "@/lib/schemas/action-result";
import type { CalendarDayOut } from "@/lib/schemas/meeting";

type TimePartProps = {
  state: FormState | null;
  /** What a refusal means: nothing was booked, or moved. */
  refusedTitle: string;
  day: CalendarDayOut;
  timeZone: string;
};

/** How a form that asks for a time begins: why it was refused, if it was, and the times that are free. */
export function TimePart({ state, refusedTitle, day, timeZone }: TimePartProps) {
  const refusal = useBroughtIntoView<HTMLDivElement>(state);
  return (
    <>
      <div ref={refusal} className="empty:hidden">
        {state && !state.result.ok && (
          <Callout tone="danger" live title={refusedTitle}>
            {state.result.message}
          </Callout>
        )}
      </div>
      <Card title="Time" description={longDate(day.date)}>
        <SlotChoice
          key={`${day.date} ${state ? JSON.stringify(state) : ""}`}
          day={day}
          timeZone={timeZone}
          chosen={enteredText(state, "start")}
          errors={fieldErrors(state?.result ?? null, "start")}
        />
      </Card>
    </>
  );
}
