"use client";

import { useClock } from "@/components/ui/clock";
import { Cell, HeaderCell, Row, Table } from "@/components/ui/table";
import { textTone } from "@/components/ui/tone";
import { spellDuration } from "@/lib/format/duration";
import { formatCount } from "@/lib/format/numbers";
import type { LaneStatusOut } from "@/lib/schemas/instance-status";

const words: Record<LaneStatusOut["lane"], { label: string; about: string }> = {
  live: { label: "Live", about: "First attempts of new events" },
  retry: { label: "Retries", about: "Attempts after a failure" },
  replay: { label: "Replays", about: "Sent again on request" },
};

/** The pending deliveries of the instance by lane. */
export function LaneTable({ lanes }: { lanes: readonly LaneStatusOut[] }) {
  return (
    <Table
      caption="Pending deliveries by lane"
      head={
        <>
          <HeaderCell>Lane</HeaderCell>
          <HeaderCell align="end">Waiting</HeaderCell>
          <HeaderCell align="end">Due</HeaderCell>
          <HeaderCell align="end">With a worker</HeaderCell>
          <HeaderCell align="end">Overdue</HeaderCell>
          <HeaderCell align="end">Oldest due for</HeaderCell>
        </>
      }
    >
      {lanes.map((lane) => (
        <Row key={lane.lane}>
          <Cell>
            <span className="font-medium">{words[lane.lane].label}</span>{" "}
            <span className="text-muted">{words[lane.lane].about}</span>
          </Cell>
          <Cell label="Waiting" align="end">
            {formatCount(lane.waiting)}
          </Cell>
          <Cell label="Due" align="end">
            {formatCount(lane.due)}
          </Cell>
          <Cell label="With a worker" align="end">
            {formatCount(lane.leased)}
          </Cell>
          <Cell label="Overdue" align="end" className={lane.overdue > 0 ? textTone.warning : undefined}>
            {formatCount(lane.overdue)}
          </Cell>
          <Cell label="Oldest due for" align="end">
            {lane.oldestDueAt ? (
              <Age since={lane.oldestDueAt} />
            ) : (
              <span className="text-muted">None due</span>
            )}
          </Cell>
        </Row>
      ))}
    </Table>
  );
}

/** How long ago, as a length of time. */
export function Age({ since }: { since: string }) {
  return <>{useClock((nowMs) => spellDuration(nowMs - Date.parse(since)))}</>;
}
