"use client";

import { useQuery } from "@tanstack/react-query";
import { Unplug } from "lucide-react";
import { ResendButton, type RetryDeliveryAction } from "@/components/attempts/resend-button";
import { AttemptMarks } from "@/components/events/attempt-marks";
import { DeliveryStateBadge } from "@/components/events/delivery-state";
import { Badge } from "@/components/ui/badge";
import { Card } from "@/components/ui/card";
import { CopyableId } from "@/components/ui/copyable-id";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { JsonView } from "@/components/ui/json-view/json-view";
import { KeyValueList } from "@/components/ui/key-value-list";
import { LinkButton } from "@/components/ui/link-button";
import { SkeletonCard } from "@/components/ui/skeleton";
import { Cell, HeaderCell, Row, RowActions, Table } from "@/components/ui/table";
import { TextLink } from "@/components/ui/text-link";
import { useClock } from "@/components/ui/clock";
import { Timestamp } from "@/components/ui/timestamp";
import { eventQueries } from "@/lib/queries/events";
import type { EventDetailOut } from "@/lib/schemas/event";

/** One event: its facts, where it went, live until it has arrived everywhere, and what it says. */
export function EventDetail({ id, retryDelivery }: { id: string; retryDelivery: RetryDeliveryAction }) {
  const query = useQuery(eventQueries.detail(id));
  if (query.isPending) return <SkeletonCard lines={6} />;
  if (query.isError && !query.data) {
    return <ErrorState onRetry={() => void query.refetch()} retrying={query.isFetching} />;
  }
  const event = query.data;
  return (
    <div className="grid gap-5">
      <Card>
        <KeyValueList
          layout="columns"
          items={[
            { label: "Event id", value: <CopyableId id={event.id} full /> },
            { label: "Accepted", value: <Timestamp at={event.createdAt} show="absolute" /> },
            { label: "Happened", value: <Timestamp at={event.eventTimestamp} show="absolute" /> },
            {
              label: "Event type",
              value: <TextLink href={`/event-types/${event.eventType}`}>{event.eventType}</TextLink>,
              mono: true,
            },
          ]}
        />
      </Card>
      <Card title="Deliveries" description="One for each endpoint that it went to." flush>
        <Deliveries deliveries={event.deliveries} retryDelivery={retryDelivery} />
      </Card>
      <section className="grid gap-2.5">
        <h2 className="text-base font-semibold">Data</h2>
        <JsonView label="the data" text={event.dataText} className="max-h-160" />
      </section>
    </div>
  );
}

type DeliveriesProps = Pick<EventDetailOut, "deliveries"> & { retryDelivery: RetryDeliveryAction };

function Deliveries({ deliveries, retryDelivery }: DeliveriesProps) {
  if (deliveries.length === 0) {
    return (
      <EmptyState
        bare
        icon={Unplug}
        title="It went nowhere"
        action={<LinkButton href="/endpoints">Endpoints</LinkButton>}
      >
        When it was published, no active endpoint subscribed to its type. An endpoint that does now can
        recover it.
      </EmptyState>
    );
  }
  return (
    <Table
      bare
      caption="Deliveries of this event"
      head={
        <>
          <HeaderCell>Endpoint</HeaderCell>
          <HeaderCell>State</HeaderCell>
          <HeaderCell>Attempts</HeaderCell>
          <HeaderCell align="end">Next or last</HeaderCell>
          <HeaderCell hidden>Actions</HeaderCell>
        </>
      }
    >
      {deliveries.map((delivery) => (
        <Row key={delivery.id}>
          <Cell>
            <div className="flex flex-wrap items-center gap-2">
              <TextLink href={`/endpoints/${delivery.endpointId}`} className="font-mono text-xs">
                {delivery.endpointUrl}
              </TextLink>
              {delivery.purpose !== "event" && <Badge>{delivery.purpose}</Badge>}
            </div>
          </Cell>
          <Cell label="State">
            <DeliveryStateBadge state={delivery.state} />
          </Cell>
          <Cell label="Attempts">
            <AttemptMarks attempts={delivery.attempts} />
          </Cell>
          <Cell label="Next or last" align="end" className="text-muted">
            <DeliveryMoment delivery={delivery} />
          </Cell>
          <Cell>
            {isResendable(delivery) && (
              <RowActions>
                <ResendButton
                  size="sm"
                  deliveryId={delivery.id}
                  refusal={delivery.retryRefusal}
                  retryDelivery={retryDelivery}
                />
              </RowActions>
            )}
          </Cell>
        </Row>
      ))}
    </Table>
  );
}

/** Tests and validations say something about their moment; nobody looks here for a way to repeat them. */
function isResendable({ purpose }: EventDetailOut["deliveries"][number]): boolean {
  return purpose === "event" || purpose === "replay";
}

function DeliveryMoment({ delivery }: { delivery: EventDetailOut["deliveries"][number] }) {
  if (delivery.nextAttemptAt) return <NextAttempt at={delivery.nextAttemptAt} />;
  return delivery.finishedAt ? <Timestamp at={delivery.finishedAt} /> : <span>after validation</span>;
}

function NextAttempt({ at }: { at: string }) {
  const isDue = useClock((nowMs) => Date.parse(at) <= nowMs);
  if (isDue) return <span>due now</span>;
  return (
    <>
      next <Timestamp at={at} />
    </>
  );
}
