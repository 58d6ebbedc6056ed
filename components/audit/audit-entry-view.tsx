import { type DifferenceRow, differenceRows } from "@/components/audit/audit-difference";
import { Actor } from "@/components/audit/audit-table";
import { actionLabel, targetHref } from "@/components/audit/audit-words";
import { CopyableId } from "@/components/ui/copyable-id";
import { KeyValueList } from "@/components/ui/key-value-list";
import { LinkButton } from "@/components/ui/link-button";
import { PageHeader } from "@/components/ui/page-header";
import { SectionHeader } from "@/components/ui/section-header";
import { Cell, HeaderCell, Row, Table } from "@/components/ui/table";
import { TextLink } from "@/components/ui/text-link";
import { Timestamp } from "@/components/ui/timestamp";
import type { AuditEntryDetail } from "@/lib/schemas/audit";

/** One entry: who, what, from where, before and after. It never changes, so nothing here is live. */
export function AuditEntryView({ entry, isOperator }: { entry: AuditEntryDetail; isOperator: boolean }) {
  const rows = differenceRows(entry.before, entry.after);
  return (
    <>
      <PageHeader
        title={actionLabel(entry.action)}
        description={entry.actorLabel}
        breadcrumbs={[{ label: "Audit log", href: "/audit-log" }]}
        actions={
          entry.target && (
            <LinkButton href={`/audit-log?${new URLSearchParams({ q: entry.target })}`}>
              All about this target
            </LinkButton>
          )
        }
      />
      <EntryFacts entry={entry} isOperator={isOperator} />
      <section className="mt-6 grid gap-3">
        <SectionHeader
          title="Before and after"
          description="Secrets are never written down: where one was changed it says so."
        />
        {rows.length > 0 ? (
          <DifferenceTable rows={rows} />
        ) : (
          <p className="text-sm text-muted">This is an act without values: there is nothing to compare.</p>
        )}
      </section>
    </>
  );
}

function EntryFacts({ entry, isOperator }: { entry: AuditEntryDetail; isOperator: boolean }) {
  const { action, actor, address, userAgent, target, organizationName, at, id } = entry;
  const href = target === null ? null : targetHref(action, target);
  return (
    <KeyValueList
      items={[
        { label: "Who", value: <Actor entry={entry} /> },
        ...(actor === "system" ? [] : [{ label: "Identifier", value: <CopyableId id={actor} /> }]),
        { label: "What", value: action, mono: true },
        ...(target === null
          ? []
          : [
              {
                label: "To what",
                value: href === null ? target : <TextLink href={href}>{target}</TextLink>,
                mono: true,
              },
            ]),
        ...(isOperator ? [{ label: "Organization", value: organizationName ?? "The instance itself" }] : []),
        { label: "Address", value: address ?? "Not known", mono: address !== null },
        { label: "Program", value: userAgent ?? "Not known" },
        {
          label: "When",
          value: (
            <>
              <span className="font-mono text-xs">{at}</span>{" "}
              <span className="text-muted">
                (<Timestamp at={at} />)
              </span>
            </>
          ),
        },
        { label: "Entry", value: <CopyableId id={id} /> },
      ]}
    />
  );
}

function DifferenceTable({ rows }: { rows: readonly DifferenceRow[] }) {
  return (
    <Table
      caption="Each field before and after"
      head={
        <>
          <HeaderCell>Field</HeaderCell>
          <HeaderCell>Before</HeaderCell>
          <HeaderCell>After</HeaderCell>
        </>
      }
    >
      {rows.map(({ field, before, after }) => (
        <Row key={field}>
          <Cell mono className="align-top leading-5">
            {field}
          </Cell>
          <Cell label="Before" className="align-top">
            <Value text={before} changed={before !== after} kind="before" />
          </Cell>
          <Cell label="After" className="align-top">
            <Value text={after} changed={before !== after} kind="after" />
          </Cell>
        </Row>
      ))}
    </Table>
  );
}

type ValueProps = { text: string | null; changed: boolean; kind: "before" | "after" };

function Value({ text, changed, kind }: ValueProps) {
  if (text === null) return <span className="text-subtle">–</span>;
  if (text === "") return <span className="text-muted">empty</span>;
  const Mark = kind === "before" ? "del" : "ins";
  const look = kind === "before" ? "text-danger-text" : "text-success-text";
  const words = <span className="font-mono text-xs leading-5 wrap-anywhere whitespace-pre-wrap">{text}</span>;
  return changed ? <Mark className={`no-underline ${look}`}>{words}</Mark> : words;
}
