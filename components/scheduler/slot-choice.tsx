"use client";

import { useReaderZone } from "@/components/scheduler/meeting-span";
import { useIsHydrated } from "@/components/ui/clock";
import { FieldErrors, useGroupWiring } from "@/components/ui/field";
import { clockTime, longDate, utcOffset } from "@/lib/format/meeting-time";
import type { CalendarDayOut } from "@/lib/schemas/meeting";

type SlotChoiceProps = {
  day: CalendarDayOut;
  timeZone: string;
  /** A start that was chosen before. */
  chosen?: string | undefined;
  errors: readonly string[];
};

/** The free times of a day: native radios, so that a plain form sends one. */
export function SlotChoice({ day, timeZone, chosen, errors }: SlotChoiceProps) {
  const labels = slotLabels(day, timeZone);
  const { described, wrong, errorsId } = useGroupWiring({ errors });
  return (
    <fieldset role="radiogroup" {...described} {...wrong} className="grid min-w-0 gap-2">
      <legend className="sr-only">Time on {longDate(day.date)}</legend>
      <div className="grid max-h-96 grid-cols-[repeat(auto-fill,minmax(5.5rem,1fr))] gap-1.5 overflow-y-auto p-0.5">
        {day.slots.map(({ start }, index) => (
          <label
            key={start}
            className="relative grid cursor-pointer content-center justify-items-center rounded-md border border-line-strong bg-surface px-2 py-1.5 text-sm font-medium tabular-nums transition-colors hover:border-neutral has-checked:border-accent has-checked:bg-accent-soft has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent forced-colors:has-checked:forced-color-adjust-none forced-colors:has-checked:bg-[Highlight] forced-colors:has-checked:text-[HighlightText]"
          >
            <input
              type="radio"
              name="start"
              value={start}
              defaultChecked={start === chosen}
              required
              className="absolute inset-0 appearance-none outline-none"
            />
            {labels[index]}
            <ReaderTime start={start} timeZone={timeZone} />
          </label>
        ))}
      </div>
      {day.slots.length === 0 && <p className="text-sm text-muted">Nothing is free on this day any more.</p>}
      <FieldErrors id={errorsId} errors={errors} />
    </fieldset>
  );
}

/** The same time on the reader's clock, where that shows another. */
function ReaderTime({ start, timeZone }: { start: string; timeZone: string }) {
  const isHydrated = useIsHydrated();
  const readerZone = useReaderZone();
  const date = new Date(start);
  const time = clockTime(date, readerZone);
  if (!isHydrated || time === clockTime(date, timeZone)) return null;
  return <span className="text-2xs font-normal text-muted">{time} for you</span>;
}

/** Clock times; where the clocks show one twice that night, with what they are ahead of UTC. */
function slotLabels({ slots }: CalendarDayOut, timeZone: string): string[] {
  const times = slots.map(({ start }) => clockTime(new Date(start), timeZone));
  return times.map((time, index) => {
    const start = slots[index]?.start;
    const isTwice = times.indexOf(time) !== times.lastIndexOf(time);
    return isTwice && start ? `${time} ${utcOffset(new Date(start), timeZone)}` : time;
  });
}
