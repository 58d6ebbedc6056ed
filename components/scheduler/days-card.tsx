import type { ReactNode } from "react";
import { DayChoice } from "@/components/scheduler/day-choice";
import { Callout } from "@/components/ui/callout";
import { Card } from "@/components/ui/card";
import { spellZone } from "@/lib/format/meeting-time";
import type { CalendarDayOut, CalendarOut } from "@/lib/schemas/meeting";

type DaysCardProps = {
  calendar: CalendarOut;
  shown: CalendarDayOut | null;
  hrefOf: (date: string) => string;
  /** What can be done when nothing is free. */
  advice: ReactNode;
};

/** The days that can be chosen from; the free times of the one that is shown are part of the form below. */
export function DaysCard({ calendar, shown, hrefOf, advice }: DaysCardProps) {
  const { days, timeZone, meetingMinutes } = calendar;
  const [first] = days.flatMap(({ slots }) => slots);
  if (!shown || !first) {
    return (
      <Callout tone="warning" title="Nothing is free">
        {advice}
      </Callout>
    );
  }
  return (
    <Card
      title="Day"
      description={`Meetings of ${meetingMinutes} minutes. Days and times are those of ${spellZone(new Date(first.start), timeZone)}.`}
    >
      <DayChoice days={days} chosen={shown.date} hrefOf={hrefOf} />
    </Card>
  );
}

/** The day of the address, or else the first on which something is free. */
export function shownDay({ days }: CalendarOut, asked: string | undefined): CalendarDayOut | null {
  const free = days.filter(({ slots }) => slots.length > 0);
  return free.length === 0 ? null : (days.find(({ date }) => date === asked) ?? free[0] ?? null);
}
