import Link from "next/link";
import type { ReactNode } from "react";
import { attemptName } from "@/components/attempts/attempt-words";
import { Countdown } from "@/components/ui/countdown";
import type { AttemptDetailOut, DeliveryOut } from "@/lib/schemas/delivery";

/** What follows from the attempt: the next one, or why there is none. */
export function NextStep({ detail: { attempt, delivery } }: { detail: AttemptDetailOut }) {
  if (!delivery) return <p>What became of its delivery is past the retention.</p>;
  const index = delivery.attempts.findIndex(({ id }) => id === attempt.id);
  const next = delivery.attempts[index + 1];
  if (next) {
    return (
      <p>
        <Link href={`/logs/${next.id}`} className="font-medium underline underline-offset-3">
          {attemptName(next.deliveryAttempt)}
        </Link>{" "}
        {next.outcome === "succeeded" ? "succeeded" : "failed as well"}.{" "}
        {isOver(delivery) ? "" : <Ahead delivery={delivery} />}
      </p>
    );
  }
  return (
    <p>
      <Ahead delivery={delivery} />
    </p>
  );
}

function isOver({ state }: DeliveryOut): boolean {
  return state !== "pending" && state !== "held";
}

function Ahead({ delivery }: { delivery: DeliveryOut }): ReactNode {
  switch (delivery.state) {
    case "pending":
      return (
        <>
          The next attempt ({attemptName(delivery.deliveryAttempt).toLowerCase()}) is due{" "}
          {delivery.nextAttemptAt ? (
            <>
              in <Countdown until={delivery.nextAttemptAt} pastText="a moment" />
            </>
          ) : (
            "now"
          )}
          .
        </>
      );
    case "held":
      return "The delivery is held until the endpoint has proved itself, and goes on then.";
    case "succeeded":
      return "The delivery is complete.";
    case "exhausted":
      return delivery.purpose === "test"
        ? "Tests are not tried again and do not count for the endpoint's health."
        : "No attempts are left: the delivery was given up and is not sent again by itself.";
    case "discarded":
      return "The endpoint was disabled, so the delivery was discarded. Once the endpoint is active, resend it or replay what was missed.";
    case "canceled":
      return delivery.purpose === "validation"
        ? "The validation is over."
        : "The replay was canceled, and the delivery with it.";
  }
}
