import { reasonInShort } from "@/components/attempts/attempt-words";
import { StateBadge, StatusBadge } from "@/components/endpoints/endpoint-badges";
import { isDisabledByRules, reasonLabels, spellSubscription } from "@/components/endpoints/endpoint-words";
import { DottedName } from "@/components/ui/dotted-name";
import { SparkBars } from "@/components/ui/sparkline";
import { Cell, Row, RowLink } from "@/components/ui/table";
import { Timestamp } from "@/components/ui/timestamp";
import type { EndpointCard } from "@/lib/schemas/endpoint-page";

export function EndpointRow({ card: { endpoint, stateReason, hours, lastFailure } }: { card: EndpointCard }) {
  const { id, url, description, state, status, statusReason, eventTypes } = endpoint;
  const ok = hours.reduce((sum, hour) => sum + hour.ok, 0);
  const failed = hours.reduce((sum, hour) => sum + hour.failed, 0);
  return (
    <Row>
      <Cell className="md:w-1/3 md:min-w-56">
        <RowLink href={`/endpoints/${id}`} className="font-mono text-xs" title={url}>
          <span className="line-clamp-2">
            <DottedName name={url} />
          </span>
        </RowLink>
        {description && <span className="line-clamp-1 text-xs text-muted">{description}</span>}
      </Cell>
      <Cell label="State">
        <span className="flex items-center gap-1">
          <StateBadge state={state} />
          {state === "active" && (status !== "healthy" || statusReason !== null) && (
            <StatusBadge status={status} statusReason={statusReason} />
          )}
        </span>
        {isDisabledByRules(state, stateReason) && (
          <span className="block text-xs text-danger-text">{reasonLabels[stateReason]}</span>
        )}
      </Cell>
      <Cell label="Events" className="md:max-xl:hidden">
        <span className="block text-xs text-muted md:max-w-52 md:truncate" title={eventTypes.join(", ")}>
          {spellSubscription(eventTypes)}
        </span>
      </Cell>
      <Cell label="24 hours">
        <SparkBars points={hours} label={`Last 24 hours: ${ok} succeeded, ${failed} failed`} />
      </Cell>
      <Cell label="Last failure" className="md:max-w-44">
        {lastFailure ? (
          <span className="text-xs">
            <Timestamp at={lastFailure.at} />
            <span className="line-clamp-1 text-muted" title={lastFailure.message}>
              {reasonInShort(lastFailure.message)}
            </span>
          </span>
        ) : (
          <span className="text-xs text-subtle">None in the log</span>
        )}
      </Cell>
    </Row>
  );
}
