import { MeetingSpan } from "@/components/scheduler/meeting-span";
import { changeLabels, changeTones } from "@/components/scheduler/meeting-words";
import { Badge } from "@/components/ui/badge";
import { Card } from "@/components/ui/card";
import { Cell, HeaderCell, Row, Table } from "@/components/ui/table";
import { DottedName } from "@/components/ui/dotted-name";
import { TextLink } from "@/components/ui/text-link";
import { Timestamp } from "@/components/ui/timestamp";
import { counted } from "@/lib/format/numbers";
import type { MeetingChangeOut } from "@/lib/schemas/meeting";

/** What happened to a meeting, by whom, and what was published about it. */
export function MeetingHistory({ changes }: { changes: readonly MeetingChangeOut[] }) {
  return (
    <Card
      flush
      title="History"
      description="Each change was published as an event, which is kept until its retention ends."
    >
      <Table
        bare
        caption="History of the meeting, newest first"
        head={
          <>
            <HeaderCell>When</HeaderCell>
            <HeaderCell>What</HeaderCell>
            <HeaderCell>Takes place</HeaderCell>
            <HeaderCell>By</HeaderCell>
            <HeaderCell>Published</HeaderCell>
          </>
        }
      >
        {changes.map((change) => (
          <ChangeRow key={change.at + change.kind} change={change} />
        ))}
      </Table>
    </Card>
  );
}

function ChangeRow({ change }: { change: MeetingChangeOut }) {
  const { kind, actorLabel, start, end, at, eventType, eventId, deliveryCount } = change;
  return (
    <Row>
      <Cell label="When">
        <Timestamp at={at} />
      </Cell>
      <Cell label="What">
        <Badge tone={changeTones[kind]}>{changeLabels[kind]}</Badge>
      </Cell>
      <Cell label="Takes place">
        {kind === "canceled" ? (
          <span className="text-muted">Not at all</span>
        ) : (
          <MeetingSpan start={start} end={end} />
        )}
      </Cell>
      <Cell label="By">{actorLabel}</Cell>
      <Cell label="Published">
        {eventId ? (
          <TextLink href={`/events/${eventId}`} className="font-mono text-xs">
            <DottedName name={eventType} />
          </TextLink>
        ) : (
          <span className="font-mono text-xs">
            <DottedName name={eventType} />
          </span>
        )}
        <span className="block text-xs text-muted">
          {deliveryCount === 0 ? "To no endpoint" : `To ${counted(deliveryCount, "endpoint")}`}
          {eventId === null && "; the event is no longer kept"}
        </span>
      </Cell>
    </Row>
  );
}
