"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { CircleCheckBig } from "lucide-react";
import { useEndpoint } from "@/components/endpoints/use-endpoint";
import { RecoverDialog } from "@/components/replays/recover-dialog";
import type { CountReplay, StartReplay } from "@/components/replays/replay-choice";
import { ReplayList, type CancelReplay } from "@/components/replays/replay-list";
import { Callout } from "@/components/ui/callout";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { SkeletonRows } from "@/components/ui/skeleton";
import { Cell, HeaderCell, Row, Table } from "@/components/ui/table";
import { formatCount } from "@/lib/format/numbers";
import { replayQueries } from "@/lib/queries/replays";
import type { Undelivered } from "@/lib/schemas/replay";

type RecoverPanelProps = {
  id: string;
  retentionMs: number;
  count: CountReplay;
  start: StartReplay;
  cancel: CancelReplay;
};

/** What the endpoint did not get, by type, and how to bring it; below, the replays that do. */
export function RecoverPanel({ id, retentionMs, count, start, cancel }: RecoverPanelProps) {
  const { endpoint } = useEndpoint(id);
  const client = useQueryClient();
  const query = useQuery(replayQueries.undelivered(id));
  const refresh = () => client.invalidateQueries({ queryKey: replayQueries.all(id) });
  const isActive = endpoint.state === "active";
  return (
    <div className="grid gap-5">
      {!isActive && (
        <Callout tone="info" title="Recovering needs an active endpoint">
          Nothing but tests is sent to an endpoint that is {endpoint.state}. Activate it, then bring what it
          missed.
        </Callout>
      )}
      <Card
        title="Not delivered"
        description="Events that this endpoint subscribes to and did not get, as far back as they are kept."
        actions={
          <RecoverDialog
            id={id}
            disabled={!isActive}
            retentionMs={retentionMs}
            undelivered={query.data}
            count={count}
            start={start}
            onStarted={refresh}
          />
        }
        flush
      >
        {query.data ? (
          <UndeliveredTable undelivered={query.data} />
        ) : query.isError ? (
          <ErrorState onRetry={() => void query.refetch()} retrying={query.isFetching} />
        ) : (
          <SkeletonRows columns={3} />
        )}
      </Card>
      <ReplayList id={id} cancel={cancel} onCanceled={refresh} />
    </div>
  );
}

function UndeliveredTable({ undelivered: { failed, missed } }: { undelivered: Undelivered }) {
  const types = rowsOf({ failed, missed });
  if (types.length === 0) {
    return (
      <EmptyState bare icon={CircleCheckBig} title="Everything was delivered">
        Should events fail for good, or be published while the endpoint is disabled, they are counted here and
        can be sent again.
      </EmptyState>
    );
  }
  return (
    <Table
      bare
      caption="Events that were not delivered, by type"
      head={
        <>
          <HeaderCell>Event type</HeaderCell>
          <HeaderCell align="end">Given up</HeaderCell>
          <HeaderCell align="end">Never sent</HeaderCell>
        </>
      }
    >
      {types.map(({ eventType, failed: givenUp, missed: neverSent }) => (
        <Row key={eventType}>
          <Cell mono>{eventType}</Cell>
          <Cell label="Given up" align="end">
            {formatCount(givenUp)}
          </Cell>
          <Cell label="Never sent" align="end">
            {formatCount(neverSent)}
          </Cell>
        </Row>
      ))}
    </Table>
  );
}

interface TypeRow {
  eventType: string;
  failed: number;
  missed: number;
}

function rowsOf({ failed, missed }: Pick<Undelivered, "failed" | "missed">): TypeRow[] {
  const rows = new Map<string, TypeRow>();
  const rowOf = (eventType: string) => {
    const row = rows.get(eventType) ?? { eventType, failed: 0, missed: 0 };
    rows.set(eventType, row);
    return row;
  };
  for (const { eventType, count } of failed.byEventType) rowOf(eventType).failed = count;
  for (const { eventType, count } of missed.byEventType) rowOf(eventType).missed = count;
  return [...rows.values()].sort((a, b) => b.failed + b.missed - (a.failed + a.missed));
}
