"use client";

import { useQuery } from "@tanstack/react-query";
import { HealDialog, type HealAction } from "@/components/operations/heal-dialog";
import { Age, LaneTable } from "@/components/operations/lane-table";
import { LedgerTable } from "@/components/operations/ledger-table";
import { OverdueTable } from "@/components/operations/overdue-table";
import { Callout } from "@/components/ui/callout";
import { ErrorState } from "@/components/ui/error-state";
import { PageHeader } from "@/components/ui/page-header";
import { SectionHeader } from "@/components/ui/section-header";
import { SkeletonRows } from "@/components/ui/skeleton";
import { Stat, StatRow } from "@/components/ui/stat";
import { Timestamp } from "@/components/ui/timestamp";
import { compactCount, counted } from "@/lib/format/numbers";
import { operationQueries } from "@/lib/queries/operations";
import type { InstanceStatusOut } from "@/lib/schemas/instance-status";

/** The queue and the ledger of the whole instance, live, and the action that heals them. */
export function InstanceStatus({ heal }: { heal: HealAction }) {
  const query = useQuery(operationQueries.status());
  const stuck = query.data ? stuckCount(query.data) : 0;
  return (
    <>
      <PageHeader
        title="Operations"
        description="Every organization of this instance: what waits to be delivered, whether all that was promised is there, and what is stuck."
        actions={<HealDialog heal={heal} urgent={stuck > 0} />}
      />
      {query.data ? (
        <Status status={query.data} />
      ) : query.isError ? (
        <ErrorState onRetry={() => void query.refetch()} retrying={query.isFetching} />
      ) : (
        <SkeletonRows rows={6} columns={6} />
      )}
    </>
  );
}

function Status({ status }: { status: InstanceStatusOut }) {
  const { lanes, held, ledger, overdueEndpoints } = status;
  return (
    <div className="grid gap-8">
      <Alarms status={status} />
      <Totals status={status} />
      <section className="grid gap-3">
        <SectionHeader
          title="Queue"
          description="Overdue means due for more than five minutes without a worker taking it: its endpoint is slow or rate limited, or no worker runs."
        />
        <LaneTable lanes={lanes} />
        {held.count > 0 && (
          <p className="text-sm text-muted">
            {counted(held.count, "delivery", "deliveries")} held until the endpoint has proved itself
            {held.oldestAt && (
              <>
                , the oldest for <Age since={held.oldestAt} />
              </>
            )}
            .
          </p>
        )}
      </section>
      {overdueEndpoints.length > 0 && <OverdueTable endpoints={overdueEndpoints} />}
      <section className="grid gap-3">
        <SectionHeader
          title="Ledger"
          description="Each event says how many deliveries were made for it. They are counted a minute later, and again as a whole when the day has grown quiet or has changed since."
        />
        {ledger.days.length > 0 ? (
          <LedgerTable days={ledger.days} />
        ) : (
          <p className="text-sm text-muted">
            The first count is made by a worker, about a minute after it has started.
          </p>
        )}
      </section>
    </div>
  );
}

function Alarms({ status: { workers, ledger, stuck } }: { status: InstanceStatusOut }) {
  const stuckParts = [
    stuck.leases > 0 && `${counted(stuck.leases, "lease")} that nobody holds`,
    stuck.held > 0 && `${counted(stuck.held, "delivery", "deliveries")} held without a validation`,
    stuck.orphans > 0 && `${counted(stuck.orphans, "delivery", "deliveries")} without an endpoint`,
  ].filter((part) => part !== false);
  return (
    <div className="grid gap-3 empty:hidden">
      {workers.length === 0 && (
        <Callout tone="warning" title="No worker runs">
          Nothing is delivered until a process with the role all or worker starts, or POST /api/worker is
          called.
        </Callout>
      )}
      {ledger.unbalanced > 0 && (
        <Callout tone="danger" title="The ledger does not balance">
          {counted(ledger.unbalanced, "event or replay has", "events or replays have")} more or fewer
          deliveries than were promised. Rows were changed outside Posthorn, or this is a bug: keep the
          database as it is and compare it with its backups.
        </Callout>
      )}
      {stuckParts.length > 0 && (
        <Callout tone="warning" title="Some deliveries do not go on by themselves">
          {stuckParts.join(", ")}. Release them with the button above.
        </Callout>
      )}
    </div>
  );
}

function Totals({ status }: { status: InstanceStatusOut }) {
  const { lanes, workers, ledger, readAt } = status;
  const due = lanes.reduce((sum, lane) => sum + lane.due, 0);
  const oldest = lanes
    .map(({ oldestDueAt }) => oldestDueAt)
    .filter((at) => at !== null)
    .sort()[0];
  return (
    <StatRow>
      <Stat
        label="Due now"
        value={compactCount(due)}
        hint={
          oldest ? (
            <>
              oldest for <Age since={oldest} />
            </>
          ) : (
            "nothing waits for a worker"
          )
        }
      />
      <Stat
        label="Stuck"
        value={compactCount(stuckCount(status))}
        hint={
          <>
            read <Timestamp at={readAt} />
          </>
        }
      />
      <Stat
        label="Ledger"
        value={ledger.unbalanced === 0 ? "Balanced" : `${compactCount(ledger.unbalanced)} off`}
        hint={
          ledger.countedUntil ? (
            <>
              counted until <Timestamp at={ledger.countedUntil} />
            </>
          ) : (
            "not counted yet"
          )
        }
      />
      <Stat
        label="Workers"
        value={workers.length}
        hint={
          workers[0] ? (
            <>
              oldest since <Timestamp at={workers[0].startedAt} />
            </>
          ) : (
            "none runs"
          )
        }
      />
    </StatRow>
  );
}

function stuckCount({ stuck }: InstanceStatusOut): number {
  return stuck.leases + stuck.held + stuck.orphans;
}
