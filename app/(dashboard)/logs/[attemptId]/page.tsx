import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { AttemptDetail } from "@/components/attempts/attempt-detail";
import { attemptQueries } from "@/lib/queries/attempts";
import { getQueryClient } from "@/lib/queries/client";
import { idIn } from "@/lib/schemas/public-id";
import { AppError } from "@/lib/server/app-error";
import { requireUser } from "@/lib/server/auth/session";
import { getDeps } from "@/lib/server/deps";
import { getAttemptDetail } from "@/lib/server/use-cases/get-attempt-detail";
import { retryDeliveryAction } from "../actions";

export const metadata: Metadata = { title: "Attempt" };

type AttemptPageProps = { params: Promise<{ attemptId: string }> };

export default async function AttemptPage({ params }: AttemptPageProps) {
  const user = await requireUser();
  const { attemptId } = await params;
  const id = idIn("attempt").safeParse(attemptId);
  if (!id.success) notFound();
  const client = getQueryClient();
  await client.fetchQuery({
    ...attemptQueries.detail(attemptId),
    retry: false,
    queryFn: () =>
      getAttemptDetail(getDeps(), user, id.data).catch((error: unknown) => {
        if (error instanceof AppError && error.status === 404) notFound();
        throw error;
      }),
  });
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <AttemptDetail attemptId={attemptId} retryDelivery={retryDeliveryAction} />
    </HydrationBoundary>
  );
}
