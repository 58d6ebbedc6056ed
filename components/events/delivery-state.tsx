import { Badge } from "@/components/ui/badge";
import { StateDot } from "@/components/ui/state-dot";
import type { Tone } from "@/components/ui/tone";
import { Tooltip } from "@/components/ui/tooltip";
import { type DeliveryState, deliveryStates } from "@/lib/domain/delivery-settlement";

/** What each state of a delivery means, in its colour, its word and a sentence. */
const looks: Record<DeliveryState, { tone: Tone; label: string; meaning: string }> = {
  succeeded: { tone: "success", label: "Succeeded", meaning: "The endpoint answered as it should." },
  pending: { tone: "info", label: "Pending", meaning: "The next attempt is due or scheduled." },
  held: {
    tone: "warning",
    label: "Held",
    meaning: "It is sent when the endpoint has passed its validation.",
  },
  exhausted: {
    tone: "danger",
    label: "Exhausted",
    meaning: "Every attempt failed; it is not sent again by itself.",
  },
  discarded: {
    tone: "neutral",
    label: "Discarded",
    meaning: "The endpoint was disabled before it was sent. It can be recovered.",
  },
  canceled: { tone: "neutral", label: "Canceled", meaning: "It was called off before it was sent." },
};

/** Problems first, so that a row that needs attention says so at its beginning. */
const inOrder: readonly DeliveryState[] = [...deliveryStates].sort((a, b) => weight(a) - weight(b));

function weight(state: DeliveryState): number {
  return ["exhausted", "discarded", "held", "pending", "succeeded", "canceled"].indexOf(state);
}

export function DeliveryStateBadge({ state }: { state: DeliveryState }) {
  const { tone, label, meaning } = looks[state];
  return (
    <Tooltip byTap content={meaning}>
      <span className="relative z-1">
        <Badge tone={tone} dot={state === "pending" ? "pulse" : true}>
          {label}
        </Badge>
      </span>
    </Tooltip>
  );
}

/** Where an event went, in one line: a dot, a number and a word for each state that occurs. */
export function DeliveryCounts({ counts }: { counts: Partial<Record<DeliveryState, number>> }) {
  const present = inOrder.filter((state) => (counts[state] ?? 0) > 0);
  if (present.length === 0) return <span className="text-xs text-subtle">No endpoint subscribed</span>;
  return (
    <span className="inline-flex flex-wrap items-center gap-x-3 gap-y-1 align-middle text-xs">
      {present.map((state) => (
        <span key={state} className="inline-flex items-center gap-1.5 whitespace-nowrap">
          <StateDot tone={looks[state].tone} pulse={state === "pending"} />
          <span className="tabular-nums">{counts[state]}</span>
          <span className="text-muted">{looks[state].label.toLowerCase()}</span>
        </span>
      ))}
    </span>
  );
}
