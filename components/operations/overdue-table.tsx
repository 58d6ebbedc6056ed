"use client";

import { Age } from "@/components/operations/lane-table";
import { SectionHeader } from "@/components/ui/section-header";
import { Cell, HeaderCell, Row, RowLink, Table } from "@/components/ui/table";
import { formatCount } from "@/lib/format/numbers";
import type { InstanceStatusOut } from "@/lib/schemas/instance-status";

/** Where most of what is overdue wants to go. */
export function OverdueTable({ endpoints }: { endpoints: InstanceStatusOut["overdueEndpoints"] }) {
  return (
    <section className="grid gap-3">
      <SectionHeader
        title="Overdue by endpoint"
        description="The endpoints that most of it goes to. One that is slow holds up only itself."
      />
      <Table
        caption="Overdue deliveries by endpoint"
        head={
          <>
            <HeaderCell>Endpoint</HeaderCell>
            <HeaderCell>Organization</HeaderCell>
            <HeaderCell align="end">Overdue</HeaderCell>
            <HeaderCell align="end">Oldest due for</HeaderCell>
          </>
        }
      >
        {endpoints.map((endpoint) => (
          <Row key={endpoint.endpointId}>
            <Cell mono>
              {endpoint.own ? (
                <RowLink href={`/endpoints/${endpoint.endpointId}`}>{endpoint.url}</RowLink>
              ) : (
                endpoint.url
              )}
            </Cell>
            <Cell label="Organization">{endpoint.organizationName}</Cell>
            <Cell label="Overdue" align="end">
              {formatCount(endpoint.count)}
            </Cell>
            <Cell label="Oldest due for" align="end">
              <Age since={endpoint.oldestDueAt} />
            </Cell>
          </Row>
        ))}
      </Table>
    </section>
  );
}
