import type { ReactNode } from "react";
import { attemptName, purposeWords, reasonBeside } from "@/components/attempts/attempt-words";
import { ResultBadge } from "@/components/attempts/result-badge";
import { Badge } from "@/components/ui/badge";
import { Cell, HeaderCell, Row, RowLink, Table } from "@/components/ui/table";
import { Timestamp } from "@/components/ui/timestamp";
import { spellMs } from "@/components/ui/waterfall";
import type { AttemptSummaryOut } from "@/lib/schemas/attempt";

type AttemptTableProps = {
  attempts: readonly AttemptSummaryOut[];
  /** Leaves the endpoint out: the whole list is one endpoint's. */
  ofEndpoint: boolean;
  footer: ReactNode;
};

/** Widths are fixed, so that a row that comes in moves no column. */
export function AttemptTable({ attempts, ofEndpoint, footer }: AttemptTableProps) {
  return (
    <Table
      caption="Attempts, newest first"
      className="md:[&_table]:table-fixed"
      footer={footer}
      head={
        <>
          <HeaderCell className={ofEndpoint ? "w-[32%]" : "w-[27%]"}>Event type</HeaderCell>
          <HeaderCell>Result</HeaderCell>
          {!ofEndpoint && <HeaderCell className="w-[18%] md:max-lg:hidden">Endpoint</HeaderCell>}
          <HeaderCell className="w-20">Attempt</HeaderCell>
          <HeaderCell align="end" className="w-22">
            Duration
          </HeaderCell>
          <HeaderCell align="end" className="w-27">
            Made
          </HeaderCell>
        </>
      }
    >
      {attempts.map((attempt) => (
        <AttemptRow key={attempt.id} attempt={attempt} ofEndpoint={ofEndpoint} />
      ))}
    </Table>
  );
}

function AttemptRow({ attempt, ofEndpoint }: { attempt: AttemptSummaryOut; ofEndpoint: boolean }) {
  return (
    <Row>
      <Cell>
        <span className="flex min-w-0 items-center gap-2">
          <RowLink
            href={`/logs/${attempt.id}`}
            title={attempt.eventType}
            className="truncate font-mono text-xs"
          >
            {attempt.eventType}
          </RowLink>
          {attempt.purpose !== "event" && <Badge>{purposeWords[attempt.purpose]}</Badge>}
        </span>
      </Cell>
      <Cell label="Result">
        <span className="flex min-w-0 items-center gap-2 max-md:flex-wrap">
          <span className="shrink-0">
            <ResultBadge attempt={attempt} />
          </span>
          {attempt.errorMessage && (
            <span className="min-w-0 text-xs text-muted md:truncate" title={attempt.errorMessage}>
              {reasonBeside(attempt.errorMessage)}
            </span>
          )}
        </span>
      </Cell>
      {!ofEndpoint && (
        <Cell label="Endpoint" className="md:max-lg:hidden">
          <span className="block truncate text-xs text-muted" title={attempt.url}>
            {attempt.url.replace(/^https?:\/\//, "")}
          </span>
        </Cell>
      )}
      <Cell label="Attempt" wideOnly>
        <span className="text-xs whitespace-nowrap text-muted">{attemptName(attempt.deliveryAttempt)}</span>
      </Cell>
      <Cell label="Duration" align="end">
        <span className="text-xs whitespace-nowrap">{spellMs(attempt.durationMs)}</span>
      </Cell>
      <Cell label="Made" align="end">
        <Timestamp at={attempt.deliveryTimestamp} className="text-xs text-muted" />
      </Cell>
    </Row>
  );
}
