import Link from "next/link";
import { attemptName, resultWord } from "@/components/attempts/attempt-words";
import { Card } from "@/components/ui/card";
import { cn } from "@/components/ui/class-names";
import { Countdown } from "@/components/ui/countdown";
import { StateDot } from "@/components/ui/state-dot";
import { Timestamp } from "@/components/ui/timestamp";
import type { AttemptSummaryOut } from "@/lib/schemas/attempt";
import type { DeliveryOut } from "@/lib/schemas/delivery";

type DeliveryStripProps = {
  delivery: DeliveryOut;
  /** The one that is shown. */
  attemptId: string;
};

const box = "grid min-w-32 gap-0.5 rounded-md border px-3 py-2 text-sm whitespace-nowrap";

/** All attempts of a delivery in a row, and the one to come. */
export function DeliveryStrip({ delivery, attemptId }: DeliveryStripProps) {
  return (
    <Card title="Delivery" description={deliveryWords[delivery.state]} aria-label="Attempts of the delivery">
      <ol className="flex gap-2 overflow-x-auto pb-1">
        {delivery.attempts.map((attempt) => (
          <li key={attempt.id}>
            <AttemptBox attempt={attempt} isCurrent={attempt.id === attemptId} />
          </li>
        ))}
        {delivery.nextAttemptAt && (
          <li className={cn(box, "border-dashed")}>
            <span className="flex items-center gap-1.5 font-medium">
              <StateDot tone="accent" pulse /> Scheduled
            </span>
            <span className="text-xs text-muted">
              {attemptName(delivery.deliveryAttempt)} in{" "}
              <Countdown until={delivery.nextAttemptAt} pastText="a moment" />
            </span>
          </li>
        )}
      </ol>
    </Card>
  );
}

function AttemptBox({ attempt, isCurrent }: { attempt: AttemptSummaryOut; isCurrent: boolean }) {
  return (
    <Link
      href={`/logs/${attempt.id}`}
      aria-current={isCurrent ? "true" : undefined}
      className={cn(box, isCurrent ? "border-accent-line bg-accent-soft" : "hover:bg-hover")}
    >
      <span className="flex items-center gap-1.5 font-medium">
        <StateDot tone={attempt.outcome === "succeeded" ? "success" : "danger"} /> {resultWord(attempt)}
      </span>
      <span className="text-xs text-muted">
        {attemptName(attempt.deliveryAttempt)}, <Timestamp at={attempt.deliveryTimestamp} />
      </span>
    </Link>
  );
}

const deliveryWords: Record<DeliveryOut["state"], string> = {
  pending: "On its way: another attempt is scheduled.",
  held: "Held until the endpoint is active.",
  succeeded: "Complete.",
  exhausted: "Given up: no attempts are left.",
  discarded: "Discarded when the endpoint was disabled.",
  canceled: "Canceled.",
};
