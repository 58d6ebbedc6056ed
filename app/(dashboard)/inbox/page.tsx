import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import { InboxList } from "@/components/inbox/inbox-list";
import { Callout } from "@/components/ui/callout";
import { getQueryClient } from "@/lib/queries/client";
import { inboxQueries } from "@/lib/queries/inbox";
import { requireUser } from "@/lib/server/auth/session";
import { getDeps } from "@/lib/server/deps";
import { listInboxes } from "@/lib/server/use-cases/list-inboxes";
import { createInboxAction } from "./actions";

export const metadata: Metadata = { title: "Test inbox" };

type InboxesPageProps = { searchParams: Promise<{ refused?: string | string[] }> };

export default async function InboxesPage({ searchParams }: InboxesPageProps) {
  const user = await requireUser();
  const client = getQueryClient();
  await client.prefetchQuery({ ...inboxQueries.list(), queryFn: () => listInboxes(getDeps(), user) });
  return (
    <HydrationBoundary state={dehydrate(client)}>
      {(await searchParams).refused !== undefined && (
        <Callout tone="warning" title="No inbox was made" className="mb-4">
          The inbox or its endpoint was refused, and neither was kept. Make it here to see why.
        </Callout>
      )}
      <InboxList createInbox={createInboxAction} />
    </HydrationBoundary>
  );
}
