import Link from "next/link";
import { cn } from "@/components/ui/class-names";
import { spellDate } from "@/lib/format/meeting-time";
import type { CalendarDayOut } from "@/lib/schemas/meeting";

type DayChoiceProps = {
  days: readonly CalendarDayOut[];
  /** The date that is shown. */
  chosen: string;
  /** The address of a day's free times. */
  hrefOf: (date: string) => string;
};

/** The days of the booking window, as links: each is a page of its own. Full days are named and lead nowhere. */
export function DayChoice({ days, chosen, hrefOf }: DayChoiceProps) {
  return (
    <nav aria-label="Day">
      <ul className="flex gap-1.5 overflow-x-auto p-0.5 sm:grid sm:max-h-64 sm:grid-cols-[repeat(auto-fill,minmax(7.5rem,1fr))] sm:overflow-y-auto">
        {days.map(({ date, slots }) => (
          <li key={date} className="w-28 shrink-0 sm:w-auto">
            <Day date={date} freeCount={slots.length} isChosen={date === chosen} href={hrefOf(date)} />
          </li>
        ))}
      </ul>
    </nav>
  );
}

type DayProps = { date: string; freeCount: number; isChosen: boolean; href: string };

function Day({ date, freeCount, isChosen, href }: DayProps) {
  const { weekday, day } = spellDate(date);
  const content = (
    <>
      <span className="block text-xs text-muted">{weekday}</span>
      <span className="block text-sm font-medium">{day}</span>
      <span className="block text-2xs text-muted tabular-nums">
        {freeCount === 0 ? "Nothing free" : `${freeCount} free`}
      </span>
    </>
  );
  const box = "block rounded-md border px-2.5 py-1.5";
  if (freeCount === 0 && !isChosen) {
    return <span className={cn(box, "border-dashed bg-sunken")}>{content}</span>;
  }
  return (
    <Link
      href={href}
      scroll={false}
      aria-current={isChosen ? "date" : undefined}
      className={cn(
        box,
        isChosen
          ? "border-accent bg-accent-soft"
          : "border-line-strong bg-surface transition-colors hover:border-neutral hover:bg-hover",
      )}
    >
      {content}
    </Link>
  );
}
