import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import { forbidden } from "next/navigation";
import { createLoader, type SearchParams } from "nuqs/server";
import { noticeFilterParsers } from "@/components/notifications/notice-filters";
import { NoticeList } from "@/components/notifications/notice-list";
import { LinkButton } from "@/components/ui/link-button";
import { PageHeader } from "@/components/ui/page-header";
import { getQueryClient } from "@/lib/queries/client";
import { noticeQueries } from "@/lib/queries/notifications";
import { NoticeListQuery } from "@/lib/schemas/notification";
import { requireUser } from "@/lib/server/auth/session";
import { getDeps } from "@/lib/server/deps";
import { isAdmin } from "@/lib/server/principal";
import { listNoticeEndpoints, listNotices } from "@/lib/server/use-cases/list-notices";

export const metadata: Metadata = { title: "Notifications" };

const loadFilter = createLoader(noticeFilterParsers);

export default async function NotificationsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const user = await requireUser();
  if (!isAdmin(user)) forbidden();
  const deps = getDeps();
  const filter = await loadFilter(searchParams);
  const client = getQueryClient();
  const query = NoticeListQuery.safeParse({ ...filter, endpoint: filter.endpoint ?? undefined });
  const [endpoints] = await Promise.all([
    listNoticeEndpoints(deps, user),
    // A filter that nobody could have chosen is refused by the list's own request, with its reason.
    query.success &&
      client.prefetchInfiniteQuery({
        ...noticeQueries.list(filter),
        queryFn: () => listNotices(deps, user, query.data),
      }),
  ]);
  return (
    <>
      <PageHeader
        title="Notifications"
        description="Mails about endpoints, to the organization's admins and to who created the endpoint."
        actions={<LinkButton href="/notifications/preferences">Your preferences</LinkButton>}
      />
      <HydrationBoundary state={dehydrate(client)}>
        <NoticeList endpoints={endpoints} sends={deps.mailer !== null} isOperator={user.isOperator} />
      </HydrationBoundary>
    </>
  );
}
