const exact = new Intl.NumberFormat("en");
const compact = new Intl.NumberFormat("en", { notation: "compact", maximumFractionDigits: 1 });

/** Every digit, in groups: `1,234,567`. */
export function formatCount(count: number): string {
  return exact.format(count);
}

/** For places with little room: exact below 10,000, then `12.3K`, `4.5M`. */
export function compactCount(count: number): string {
  return Math.abs(count) < 10_000 ? exact.format(count) : compact.format(count);
}

/** `1 event`, `2,000 events`; a plural that is not the singular and an s is given. */
export function counted(count: number, singular: string, plural = `${singular}s`): string {
  return `${formatCount(count)} ${count === 1 ? singular : plural}`;
}

/**
 * A share with one decimal: `99.5%`. Rounding never hides an exception: 100% and 0% are exactly all and none, and what
 * is close to them is `99.9%` and `0.1%`. A dash when there is nothing to have a share of.
 */
export function percent(part: number, whole: number): string {
  if (whole <= 0) return "–";
  if (part <= 0) return "0%";
  if (part >= whole) return "100%";
  const rounded = Math.round((part / whole) * 1000) / 10;
  return `${Math.min(99.9, Math.max(0.1, rounded))}%`;
}
