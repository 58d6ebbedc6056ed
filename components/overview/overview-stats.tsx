import { Stat, StatRow } from "@/components/ui/stat";
import { spellMs } from "@/components/ui/waterfall";
import { compactCount, percent } from "@/lib/format/numbers";
import type { OverviewOut } from "@/lib/schemas/overview";

type Totals = OverviewOut["total"];

/** The range in four numbers, each beside that of the range before, as long as there was one. */
export function OverviewStats({ overview: { total, before, range } }: { overview: OverviewOut }) {
  const compared = before.attempts > 0 && total.attempts > 0;
  const than = range === "24h" ? "than the day before" : "than the week before";
  const delta = (now: number, then: number, text: string, moreIsGood: boolean | null) =>
    compared ? { delta: { ...directionOf(now, then, moreIsGood), text } } : {};
  return (
    <StatRow>
      <Stat
        label="Attempts"
        value={compactCount(total.attempts)}
        {...delta(total.attempts, before.attempts, moreOrFewer(total.attempts, before.attempts, than), null)}
      />
      <Stat
        label="Success rate"
        value={percent(total.attempts - total.failures, total.attempts)}
        {...delta(rateOf(total), rateOf(before), points(rateOf(total) - rateOf(before)), true)}
      />
      <Stat
        label="Median response"
        value={msOrDash(total.p50Ms)}
        {...delta(total.p50Ms ?? 0, before.p50Ms ?? 0, `from ${msOrDash(before.p50Ms)}`, false)}
      />
      <Stat
        label="95th percentile"
        value={msOrDash(total.p95Ms)}
        {...delta(total.p95Ms ?? 0, before.p95Ms ?? 0, `from ${msOrDash(before.p95Ms)}`, false)}
      />
    </StatRow>
  );
}

function rateOf({ attempts, failures }: Totals): number {
  return attempts === 0 ? 0 : (attempts - failures) / attempts;
}

function msOrDash(ms: number | null): string {
  return ms === null ? "–" : spellMs(ms);
}

function moreOrFewer(now: number, then: number, than: string): string {
  if (now === then) return "as many as before";
  return `${compactCount(Math.abs(now - then))} ${now > then ? "more" : "fewer"} ${than}`;
}

function points(difference: number): string {
  return `${Math.abs(difference * 100).toFixed(1)} points`;
}

/** A change of less than a twentieth is no news. */
const sameShare = 0.05;

function directionOf(now: number, then: number, moreIsGood: boolean | null) {
  const isSame =
    moreIsGood === true ? Math.abs(now - then) < 0.0005 : Math.abs(now - then) <= sameShare * then;
  if (isSame) return { direction: "same" as const };
  const isMore = now > then;
  const tone =
    moreIsGood === null
      ? ("neutral" as const)
      : isMore === moreIsGood
        ? ("success" as const)
        : ("danger" as const);
  return { direction: isMore ? ("up" as const) : ("down" as const), tone };
}
