import { MailState } from "@/components/notifications/mail-state";
import { kindLabels, kindTones } from "@/components/notifications/notice-words";
import { StateDot } from "@/components/ui/state-dot";
import { Cell, Row, RowLink } from "@/components/ui/table";
import { Timestamp } from "@/components/ui/timestamp";
import type { NoticeOut } from "@/lib/schemas/notification";

export function NoticeRow({ notice }: { notice: NoticeOut }) {
  return (
    <Row>
      <Cell>
        <span className="flex items-center gap-2 whitespace-nowrap">
          <StateDot tone={kindTones[notice.kind]} />
          <RowLink href={`/notifications/${notice.id}`}>{kindLabels[notice.kind]}</RowLink>
        </span>
      </Cell>
      <Cell label="Endpoint" mono>
        <span className="line-clamp-1 break-all">
          {notice.endpointUrl ?? <span className="font-sans text-muted">Deleted</span>}
        </span>
      </Cell>
      <Cell label="To">{notice.recipient}</Cell>
      <Cell label="State">
        <MailState mail={notice} />
      </Cell>
      <Cell label="Written" align="end" className="whitespace-nowrap">
        <Timestamp at={notice.createdAt} />
      </Cell>
    </Row>
  );
}
