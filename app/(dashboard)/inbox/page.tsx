import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import { InboxList } from "@/components/inbox/inbox-list";
import { getQueryClient } from "@/lib/queries/client";
import { inboxQueries } from "@/lib/queries/inbox";
import { requireUser } from "@/lib/server/auth/session";
import { getDeps } from "@/lib/server/deps";
import { listInboxes } from "@/lib/server/use-cases/list-inboxes";
import { createInboxAction } from "./actions";

export const metadata: Metadata = { title: "Test inbox" };

export default async function InboxesPage() {
  const user = await requireUser();
  const client = getQueryClient();
  await client.prefetchQuery({ ...inboxQueries.list(), queryFn: () => listInboxes(getDeps(), user) });
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <InboxList createInbox={createInboxAction} />
    </HydrationBoundary>
  );
}
