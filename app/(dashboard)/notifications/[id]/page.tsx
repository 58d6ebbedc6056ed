import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import { forbidden, notFound } from "next/navigation";
import { NoticeView } from "@/components/notifications/notice-view";
import { getQueryClient } from "@/lib/queries/client";
import { noticeQueries } from "@/lib/queries/notifications";
import { NoticeIdIn } from "@/lib/schemas/notification";
import { AppError } from "@/lib/server/app-error";
import { requireUser } from "@/lib/server/auth/session";
import { getDeps } from "@/lib/server/deps";
import { isAdmin } from "@/lib/server/principal";
import { getNotice } from "@/lib/server/use-cases/list-notices";
import { retryNoticeAction } from "../actions";

export const metadata: Metadata = { title: "Notification" };

export default async function NotificationPage({ params }: { params: Promise<{ id: string }> }) {
  const user = await requireUser();
  if (!isAdmin(user)) forbidden();
  const { id } = await params;
  const parsed = NoticeIdIn.safeParse({ id });
  if (!parsed.success) notFound();
  const deps = getDeps();
  const notice = await getNotice(deps, user, parsed.data.id).catch((error: unknown) => {
    if (error instanceof AppError && error.status === 404) notFound();
    throw error;
  });
  const client = getQueryClient();
  client.setQueryData(noticeQueries.detail(id).queryKey, notice);
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <NoticeView id={id} sends={deps.mailer !== null} retry={retryNoticeAction} />
    </HydrationBoundary>
  );
}
