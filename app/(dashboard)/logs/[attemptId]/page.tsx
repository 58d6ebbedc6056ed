import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import { cache } from "react";
import { notFound } from "next/navigation";
import { AttemptDetail } from "@/components/attempts/attempt-detail";
import { resultWord } from "@/components/attempts/attempt-words";
import { attemptQueries } from "@/lib/queries/attempts";
import { getQueryClient } from "@/lib/queries/client";
import type { AttemptDetailOut } from "@/lib/schemas/delivery";
import { idIn } from "@/lib/schemas/public-id";
import { requireUser } from "@/lib/server/auth/session";
import { getDeps } from "@/lib/server/deps";
import { getAttemptDetail } from "@/lib/server/use-cases/get-attempt-detail";
import { foundOr404 } from "../../found-or-404";
import { retryDeliveryAction } from "../actions";

type AttemptPageProps = { params: Promise<{ attemptId: string }> };

/** The result first: of several tabs that is what tells them apart. */
export async function generateMetadata({ params }: AttemptPageProps): Promise<Metadata> {
  const { attempt } = await loadAttempt((await params).attemptId);
  return { title: `${resultWord(attempt)}, ${attempt.eventType}` };
}

export default async function AttemptPage({ params }: AttemptPageProps) {
  const { attemptId } = await params;
  const client = getQueryClient();
  client.setQueryData(attemptQueries.detail(attemptId).queryKey, await loadAttempt(attemptId));
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <AttemptDetail attemptId={attemptId} retryDelivery={retryDeliveryAction} />
    </HydrationBoundary>
  );
}

/** The attempt that the address names, or the not-found page. Read once per request. */
const loadAttempt = cache(async (publicId: string): Promise<AttemptDetailOut> => {
  const user = await requireUser();
  const id = idIn("attempt").safeParse(publicId);
  if (!id.success) notFound();
  return foundOr404(getAttemptDetail(getDeps(), user, id.data));
});
