import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import { forbidden, notFound } from "next/navigation";
import { NoticeView } from "@/components/notifications/notice-view";
import { getQueryClient } from "@/lib/queries/client";
import { noticeQueries } from "@/lib/queries/notifications";
import { NoticeIdIn } from "@/lib/schemas/notification";
import { requireUser } from "@/lib/server/auth/session";
import { getDeps } from "@/lib/server/deps";
import { isAdmin } from "@/lib/server/principal";
import { getNotice } from "@/lib/server/use-cases/list-notices";
import { foundOr404 } from "../../found-or-404";
import { retryNoticeAction } from "../actions";

export const metadata: Metadata = { title: "Notification" };

export default async function NotificationPage({ params }: { params: Promise<{ id: string }> }) {
  const user = await requireUser();
  if (!isAdmin(user)) forbidden();
  const { id } = await params;
  const parsed = NoticeIdIn.safeParse({ id });
  if (!parsed.success) notFound();
  const deps = getDeps();
  const notice = await foundOr404(getNotice(deps, user, parsed.data.id));
  const client = getQueryClient();
  client.setQueryData(noticeQueries.detail(id).queryKey, notice);
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <NoticeView id={id} sends={deps.mailer !== null} retry={retryNoticeAction} />
    </HydrationBoundary>
  );
}
