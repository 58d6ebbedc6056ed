import type { ReactNode } from "react";
import { MeetingSpan } from "@/components/scheduler/meeting-span";
import { phaseLabels, phaseTones } from "@/components/scheduler/meeting-words";
import { Badge } from "@/components/ui/badge";
import { Cell, HeaderCell, Row, RowLink, Table } from "@/components/ui/table";
import { Timestamp } from "@/components/ui/timestamp";
import type { MeetingOut } from "@/lib/schemas/meeting";

type MeetingTableProps = { meetings: readonly MeetingOut[]; footer: ReactNode };

export function MeetingTable({ meetings, footer }: MeetingTableProps) {
  return (
    <Table
      caption="Meetings, the nearest first"
      footer={footer}
      head={
        <>
          <HeaderCell>Meeting</HeaderCell>
          <HeaderCell>When</HeaderCell>
          <HeaderCell>Calendar of</HeaderCell>
          <HeaderCell className="md:max-lg:hidden">Where</HeaderCell>
          <HeaderCell>State</HeaderCell>
        </>
      }
    >
      {meetings.map((meeting) => (
        <MeetingRow key={meeting.id} meeting={meeting} />
      ))}
    </Table>
  );
}

function MeetingRow({ meeting }: { meeting: MeetingOut }) {
  const { id, name, start, end, phase, owner, inviteeName, inviteeEmail, location, movedCount } = meeting;
  return (
    <Row>
      <Cell className="md:w-1/3">
        <RowLink href={`/scheduler/${id}`}>
          <span className="line-clamp-2">{name}</span>
        </RowLink>
        <span className="line-clamp-1 text-xs text-muted" title={inviteeEmail}>
          With {inviteeName}
        </span>
      </Cell>
      <Cell label="When">
        <MeetingSpan start={start} end={end} className="block md:whitespace-nowrap" />
        {phase !== "canceled" && (
          <span className="text-xs text-muted">
            <Timestamp at={start} />
            {movedCount > 0 && ", moved"}
          </span>
        )}
      </Cell>
      <Cell label="Calendar of">
        <span className="line-clamp-2" title={owner.email}>
          {owner.name || owner.email}
        </span>
      </Cell>
      <Cell label="Where" className="md:max-w-48 md:max-lg:hidden">
        {location === "" ? (
          <span className="text-subtle">–</span>
        ) : (
          <span className="line-clamp-2 text-xs text-muted md:line-clamp-1" title={location}>
            {location}
          </span>
        )}
      </Cell>
      <Cell label="State">
        <Badge tone={phaseTones[phase]} dot={phase === "running" ? "pulse" : false}>
          {phaseLabels[phase]}
        </Badge>
      </Cell>
    </Row>
  );
}
