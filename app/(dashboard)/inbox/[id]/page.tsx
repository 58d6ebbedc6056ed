import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { InboxView } from "@/components/inbox/inbox-view";
import { getQueryClient } from "@/lib/queries/client";
import { inboxQueries } from "@/lib/queries/inbox";
import { InboxParams } from "@/lib/schemas/inbox";
import { AppError } from "@/lib/server/app-error";
import { requireUser } from "@/lib/server/auth/session";
import { getDeps } from "@/lib/server/deps";
import { getInbox } from "@/lib/server/use-cases/get-inbox";
import {
  activateInboxEndpointAction,
  clearInboxAction,
  deleteInboxAction,
  setInboxBehaviorAction,
} from "../actions";

export const metadata: Metadata = { title: "Test inbox" };

export default async function InboxPage({ params }: { params: Promise<{ id: string }> }) {
  const user = await requireUser();
  const given = await params;
  const parsed = InboxParams.safeParse(given);
  if (!parsed.success) notFound();
  const page = await getInbox(getDeps(), user, parsed.data.id).catch((error: unknown) => {
    if (error instanceof AppError && error.status === 404) notFound();
    throw error;
  });
  const client = getQueryClient();
  client.setQueryData(inboxQueries.page(given.id).queryKey, page);
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
