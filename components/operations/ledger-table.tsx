import { Badge } from "@/components/ui/badge";
import { Cell, HeaderCell, Row, Table } from "@/components/ui/table";
import { formatCount } from "@/lib/format/numbers";
import type { LedgerDayOut } from "@/lib/schemas/instance-status";

const settledStates = ["succeeded", "exhausted", "discarded", "canceled", "open"] as const;

/** What was promised and what exists, by the day of the event. */
export function LedgerTable({ days }: { days: readonly LedgerDayOut[] }) {
  return (
    <Table
      caption="The ledger by day"
      head={
        <>
          <HeaderCell>Day (UTC)</HeaderCell>
          <HeaderCell align="end">Events</HeaderCell>
          <HeaderCell align="end">Promised</HeaderCell>
          <HeaderCell align="end">Existing</HeaderCell>
          <HeaderCell align="end">Replayed</HeaderCell>
          <HeaderCell>Recount of the whole day</HeaderCell>
          <HeaderCell align="end">Balance</HeaderCell>
        </>
      }
    >
      {days.map((day) => (
        <Row key={day.day}>
          <Cell className="font-medium whitespace-nowrap">{day.day}</Cell>
          <Cell label="Events" align="end">
            {formatCount(day.events)}
          </Cell>
          <Cell label="Promised" align="end">
            {formatCount(day.promised)}
          </Cell>
          <Cell label="Existing" align="end">
            {formatCount(day.existing)}
          </Cell>
          <Cell label="Replayed" align="end">
            {formatCount(day.replayExisting)}
          </Cell>
          <Cell label="Recount">
            <Recount day={day} />
          </Cell>
          <Cell label="Balance" align="end">
            {day.unbalanced === 0 ? (
              <Badge tone="success">Balanced</Badge>
            ) : (
              <Badge tone="danger">{formatCount(day.unbalanced)} off</Badge>
            )}
          </Cell>
        </Row>
      ))}
    </Table>
  );
}

function Recount({ day: { settled } }: { day: LedgerDayOut }) {
  if (!settled) return <span className="text-muted">An hour after the day has ended</span>;
  const parts = settledStates.filter((state) => settled[state] > 0);
  if (parts.length === 0) return <span className="text-muted">No deliveries</span>;
  return parts.map((state) => `${formatCount(settled[state])} ${state}`).join(", ");
}
