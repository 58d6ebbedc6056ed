import type { ReactNode } from "react";
import { actionLabel, actionTone } from "@/components/audit/audit-words";
import { Badge } from "@/components/ui/badge";
import { DottedName } from "@/components/ui/dotted-name";
import { shortenMiddle } from "@/components/ui/shorten-middle";
import { StateDot } from "@/components/ui/state-dot";
import { Cell, HeaderCell, Row, RowLink, Table } from "@/components/ui/table";
import { Timestamp } from "@/components/ui/timestamp";
import type { AuditEntryOut } from "@/lib/schemas/audit";

type AuditTableProps = { entries: readonly AuditEntryOut[]; showOrganization: boolean; footer: ReactNode };

export function AuditTable({ entries, showOrganization, footer }: AuditTableProps) {
  return (
    <Table
      caption="The audit log, newest first"
      footer={footer}
      head={
        <>
          <HeaderCell>What</HeaderCell>
          <HeaderCell>Who</HeaderCell>
          {showOrganization && <HeaderCell>Organization</HeaderCell>}
          <HeaderCell>To what</HeaderCell>
          <HeaderCell className="md:max-lg:hidden">From</HeaderCell>
          <HeaderCell align="end">When</HeaderCell>
        </>
      }
    >
      {entries.map((entry) => (
        <Row key={entry.id}>
          <Cell>
            <span className="flex items-center gap-2">
              <StateDot tone={actionTone(entry.action)} />
              <RowLink href={`/audit-log/${entry.id}`}>{actionLabel(entry.action)}</RowLink>
            </span>
          </Cell>
          <Cell label="Who" className="md:min-w-44">
            <Actor entry={entry} />
          </Cell>
          {showOrganization && (
            <Cell label="Organization">
              {entry.organizationName ?? <span className="text-muted">The instance</span>}
            </Cell>
          )}
          <Cell label="To what" mono className="md:max-lg:max-w-36">
            <span className="block wrap-anywhere md:max-lg:truncate" title={entry.target ?? undefined}>
              {entry.target ? shortenMiddle(entry.target, 28) : <Nothing />}
            </span>
          </Cell>
          <Cell label="From" mono className="md:max-lg:hidden">
            {entry.address ?? <Nothing />}
          </Cell>
          <Cell label="When" align="end" className="whitespace-nowrap text-muted">
            <Timestamp at={entry.at} />
          </Cell>
        </Row>
      ))}
    </Table>
  );
}

/** People by their e-mail; keys and Posthorn itself are marked, because they may be called anything. */
export function Actor({
  entry: { actor, actorLabel },
}: {
  entry: Pick<AuditEntryOut, "actor" | "actorLabel">;
}) {
  return (
    <span className="inline-flex max-w-full items-center gap-2">
      <span className="min-w-0 wrap-anywhere">
        <DottedName name={actorLabel} />
      </span>
      {actor.startsWith("key_") && <Badge>API key</Badge>}
      {actor === "system" && <Badge>system</Badge>}
    </span>
  );
}

function Nothing() {
  return <span className="font-sans text-subtle">–</span>;
}
