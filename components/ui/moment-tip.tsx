import { utcTime } from "@/lib/format/utc-time";

/** The tip of a moment; only ever drawn in the browser, which knows its time zone. */
export function MomentTip({ date, relative }: { date: Date; relative: string }) {
  const rows = [
    [Intl.DateTimeFormat().resolvedOptions().timeZone, localTime(date)],
    ["UTC", utcTime(date).replace(" UTC", "")],
    ["Relative", relative],
  ];
  return (
    <dl className="grid grid-cols-[auto_auto] gap-x-3 gap-y-0.5 tabular-nums">
      {rows.map(([label, text]) => (
        <div key={label} className="contents">
          <dt className="text-muted">{label}</dt>
          <dd>{text}</dd>
        </div>
      ))}
    </dl>
  );
}

/** `2026-03-12 16:00:00` in the reader's time zone: the shape of utcTime, which is what Swedish dates look like. */
function localTime(date: Date): string {
  return new Intl.DateTimeFormat("sv-SE", { dateStyle: "short", timeStyle: "medium" }).format(date);
}
