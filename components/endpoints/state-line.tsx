import { reasonLabels } from "@/components/endpoints/endpoint-words";
import { Countdown } from "@/components/ui/countdown";
import { TextLink } from "@/components/ui/text-link";
import { Timestamp } from "@/components/ui/timestamp";
import type { EndpointPage } from "@/lib/schemas/endpoint-page";

/** The endpoint's state in a sentence: since when, why, and what happens next. */
export function StateLine({ page }: { page: EndpointPage }) {
  const { endpoint, stateReason, stateSince, heldCount, stats } = page;
  const wasSilent = stats.items.every(({ attempts }) => attempts === 0);
  const when = <Timestamp at={stateSince} />;
  switch (endpoint.state) {
    case "disabled":
      return (
        <p className="text-sm text-muted">
          {stateReason === "created" ? (
            <>Created {when} and not activated yet. Nothing but tests is sent until it is.</>
          ) : (
            <>
              Disabled {when} ({reasonLabels[stateReason]}). Nothing but tests is sent; re-activate it to
              receive events again.
            </>
          )}
        </p>
      );
    case "validating":
      return (
        <p className="text-sm text-muted">
          The validation began {when}. The endpoint becomes active as soon as it answers the test;{" "}
          {endpoint.validatingUntil && (
            <>
              otherwise it is disabled in <Countdown until={endpoint.validatingUntil} />.{" "}
            </>
          )}
          {heldCount > 0 && (
            <>
              {heldCount.toLocaleString("en")} {heldCount === 1 ? "delivery waits" : "deliveries wait"} for
              it.
            </>
          )}
        </p>
      );
    case "active":
      return (
        <p className="text-sm text-muted">
          Active: it answered the test {when}. Events are sent as they are published
          {wasSilent ? (
            <>
              ; <TextLink href="/events/publish">publish one by hand</TextLink> to see it arrive.
            </>
          ) : (
            "."
          )}
        </p>
      );
  }
}
