import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { AttemptDetail } from "@/components/attempts/attempt-detail";
import { attemptQueries } from "@/lib/queries/attempts";
import { getQueryClient } from "@/lib/queries/client";
import { idIn } from "@/lib/schemas/public-id";
import { requireUser } from "@/lib/server/auth/session";
import { getDeps } from "@/lib/server/deps";
import { getAttemptDetail } from "@/lib/server/use-cases/get-attempt-detail";
import { foundOr404 } from "../../found-or-404";
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
    queryFn: () => foundOr404(getAttemptDetail(getDeps(), user, id.data)),
  });
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <AttemptDetail attemptId={attemptId} retryDelivery={retryDeliveryAction} />
    </HydrationBoundary>
  );
}
