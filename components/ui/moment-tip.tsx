/** The tip of a moment; only ever drawn in the browser, which knows its time zone. */
export function MomentTip({ date, relative }: { date: Date; relative: string }) {
  const rows = [
    [Intl.DateTimeFormat().resolvedOptions().timeZone, formatMoment(date, undefined)],
    ["UTC", formatMoment(date, "UTC")],
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

/** `21 Nov 2026, 14:02:09`, in the given time zone or the reader's own. */
export function formatMoment(date: Date, timeZone: string | undefined): string {
  return new Intl.DateTimeFormat("en-GB", {
    day: "numeric",
    month: "short",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    timeZone,
  }).format(date);
}
