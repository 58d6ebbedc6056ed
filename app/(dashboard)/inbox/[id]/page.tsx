import { dehydrate, HydrationBoundary, type QueryClient } from "@tanstack/react-query";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { InboxView } from "@/components/inbox/inbox-view";
import { getQueryClient } from "@/lib/queries/client";
import { inboxQueries } from "@/lib/queries/inbox";
import { InboxParams, type InboxPageOut, InboxRequestParams } from "@/lib/schemas/inbox";
import { requireUser } from "@/lib/server/auth/session";
import { getDeps } from "@/lib/server/deps";
import type { Principal } from "@/lib/server/principal";
import { getInbox } from "@/lib/server/use-cases/get-inbox";
import { getInboxRequest } from "@/lib/server/use-cases/get-inbox-request";
import { foundOr404 } from "../../found-or-404";
import {
  activateInboxEndpointAction,
  clearInboxAction,
  deleteInboxAction,
  setInboxBehaviorAction,
} from "../actions";

export const metadata: Metadata = { title: "Requests · Test inbox" };

type InboxPageProps = {
  params: Promise<{ id: string }>;
  searchParams: Promise<{ request?: string | string[] }>;
};

export default async function InboxPage({ params, searchParams }: InboxPageProps) {
  const user = await requireUser();
  const given = await params;
  const parsed = InboxParams.safeParse(given);
  if (!parsed.success) notFound();
  const page = await foundOr404(getInbox(getDeps(), user, parsed.data.id));
  const client = getQueryClient();
  client.setQueryData(inboxQueries.page(given.id).queryKey, page);
  await prefetchShown(client, user, { inboxId: given.id, page, chosen: (await searchParams).request });
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <InboxView
        id={given.id}
        actions={{
          setBehavior: setInboxBehaviorAction,
          clear: clearInboxAction,
          remove: deleteInboxAction,
          activate: activateInboxEndpointAction,
        }}
      />
    </HydrationBoundary>
  );
}

/** The request that the page opens with: the one in the address, or else the newest. */
async function prefetchShown(
  client: QueryClient,
  principal: Principal,
  { inboxId, page, chosen }: { inboxId: string; page: InboxPageOut; chosen: string | string[] | undefined },
): Promise<void> {
  const requestId = typeof chosen === "string" ? chosen : page.requests[0]?.id;
  const parsed = InboxRequestParams.safeParse({ id: inboxId, requestId });
  if (!parsed.success || requestId === undefined) return;
  await client.prefetchQuery({
    ...inboxQueries.request(inboxId, requestId),
    queryFn: () => getInboxRequest(getDeps(), principal, parsed.data.id, parsed.data.requestId),
    retry: false,
  });
}
