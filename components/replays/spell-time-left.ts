import type { ReplayOut } from "@/lib/schemas/replay";

type Progress = Pick<ReplayOut, "matched" | "queued" | "startedAt" | "perSecond">;

/** An estimate from the pace so far, which is never faster than the pace that was asked for. */
export function spellTimeLeft({ matched, queued, startedAt, perSecond }: Progress, nowMs: number): string {
  const done = matched - queued;
  const elapsedMs = nowMs - Date.parse(startedAt);
  if (done === 0 || elapsedMs <= 0) return "about to begin";
  const soFarSeconds = ((elapsedMs / done) * queued) / 1000;
  // The first is due at once, so that early on the pace so far is far from the one to come.
  const leftSeconds = Math.max(soFarSeconds, perSecond === null ? 0 : queued / perSecond);
  return `about ${spellEstimate(leftSeconds)} left`;
}

/** In one unit, rounded up: `40 s`, `4 min`, `28 h`, `12 days`. */
export function spellEstimate(seconds: number): string {
  if (seconds < 90) return `${Math.ceil(seconds)} s`;
  if (seconds < 90 * 60) return `${Math.ceil(seconds / 60)} min`;
  const hours = seconds / 3_600;
  return hours < 48 ? `${Math.ceil(hours)} h` : `${Math.ceil(hours / 24)} days`;
}
