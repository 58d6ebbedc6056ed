import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import { forbidden } from "next/navigation";
import { createLoader, type SearchParams } from "nuqs/server";
import { auditFilterParsers, auditMoments } from "@/components/audit/audit-filters";
import { AuditList } from "@/components/audit/audit-list";
import { PageHeader } from "@/components/ui/page-header";
import { auditQueries } from "@/lib/queries/audit";
import { getQueryClient } from "@/lib/queries/client";
import { AuditQuery } from "@/lib/schemas/audit";
import { requireUser } from "@/lib/server/auth/session";
import { getDeps } from "@/lib/server/deps";
import { isAdmin } from "@/lib/server/principal";
import { listActors, listAudit } from "@/lib/server/use-cases/list-audit";

export const metadata: Metadata = { title: "Audit log" };

const loadFilter = createLoader(auditFilterParsers);

export default async function AuditLogPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const user = await requireUser();
  if (!isAdmin(user)) forbidden();
  const filter = await loadFilter(searchParams);
  if (filter.all === "1" && !user.isOperator) forbidden();
  const deps = getDeps();
  const momentsNow = () => auditMoments(filter, deps.clock());
  const { since, until } = momentsNow();
  const query = AuditQuery.safeParse({
    ...{ search: filter.q, actor: filter.actor, action: filter.action, all: filter.all },
    since: since.toISOString(),
    until: until?.toISOString(),
  });
  const client = getQueryClient();
  const [actors] = await Promise.all([
    listActors(deps, user, filter.all),
    // A filter that nobody could have chosen is refused by the list's own request, with its reason.
    query.success &&
      client.prefetchInfiniteQuery({
        ...auditQueries.list(filter, momentsNow),
        queryFn: () => listAudit(deps, user, query.data),
      }),
  ]);
  return (
    <>
      <PageHeader
        title="Audit log"
        description="Every change and every look at a secret, for 90 days: who, what, from where, before and after."
      />
      <HydrationBoundary state={dehydrate(client)}>
        <AuditList actors={actors} isOperator={user.isOperator} />
      </HydrationBoundary>
    </>
  );
}
