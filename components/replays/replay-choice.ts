import type { z } from "zod";
import { counted, formatCount } from "@/lib/format/numbers";
import type { ActionResult } from "@/lib/schemas/action-result";
import type { ReplayDryRun } from "@/lib/schemas/replay";
import { betweenMoments } from "./recover-ranges";
import { spellEstimate } from "./spell-time-left";

export interface ReplayInput {
  since: string;
  until?: string;
  scope: string;
  eventTypes?: string[];
  perSecond?: number;
  dryRun?: boolean;
}

type DryRun = z.output<typeof ReplayDryRun>;
export type DryRunResult = ActionResult<DryRun>;
export type CountReplay = (id: string, replay: ReplayInput) => Promise<DryRunResult>;
export type StartReplay = (
  id: string,
  replay: ReplayInput,
) => Promise<ActionResult<{ replayId: string; matched: number }>>;

/** What the form holds, as it was typed. */
export interface ReplayChoice {
  scope: string;
  /** Of recoverRanges. */
  range: string;
  /** Of `datetime-local` inputs, where the range is between two moments. */
  from: string;
  to: string;
  types: string;
}

/** What is asked for. Null while it is not said from when, or until a moment before that. */
export function replayInput({ scope, range, from, to, types }: ReplayChoice, now: Date): ReplayInput | null {
  const isBetween = range === betweenMoments;
  if (isBetween && (from === "" || endsBeforeItBegins({ from, to }))) return null;
  const since = isBetween ? new Date(from) : new Date(now.getTime() - Number(range));
  const eventTypes = types
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "");
  return {
    scope,
    since: since.toISOString(),
    ...(isBetween && to !== "" && { until: new Date(to).toISOString() }),
    ...(eventTypes.length > 0 && { eventTypes }),
  };
}

/** Both are of the same shape, in which the later one is the greater. */
export function endsBeforeItBegins({ from, to }: Pick<ReplayChoice, "from" | "to">): boolean {
  return from !== "" && to !== "" && from >= to;
}

/** What was counted, as a sentence; null while it is being counted. `rate`: events per second, 0 without a limit. */
export function verdictText(verdict: DryRunResult | null, rate: number): string {
  if (!verdict) return "Counting…";
  if (!verdict.ok) return verdict.message;
  const { matched, byEventType } = verdict.value;
  if (matched === 0) return "Nothing to send: no event matches this choice.";
  const types = byEventType.slice(0, 3).map(({ eventType, count }) => `${formatCount(count)} ${eventType}`);
  const rest = byEventType.length > 3 ? ` and ${byEventType.length - 3} more types` : "";
  const seconds = rate > 0 ? ` At this rate it takes about ${spellEstimate(matched / rate)}.` : "";
  return `${counted(matched, "event", "events")}: ${types.join(", ")}${rest}.${seconds}`;
}
