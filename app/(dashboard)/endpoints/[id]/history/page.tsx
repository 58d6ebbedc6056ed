import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import { TransitionList } from "@/components/endpoints/transition-list";
import { decodeId } from "@/lib/domain/ids";
import { getQueryClient } from "@/lib/queries/client";
import { endpointQueries } from "@/lib/queries/endpoints";
import { requireUser } from "@/lib/server/auth/session";
import { getDeps } from "@/lib/server/deps";
import { listTransitions } from "@/lib/server/use-cases/list-transitions";
import { loadEndpoint } from "../load-endpoint";

export const metadata: Metadata = { title: "History" };

export default async function EndpointHistoryPage({ params }: { params: Promise<{ id: string }> }) {
  const user = await requireUser();
  const { endpoint } = await loadEndpoint((await params).id);
  const queries = getQueryClient();
  await queries.prefetchInfiniteQuery({
    ...endpointQueries.transitions(endpoint.id),
    queryFn: () => listTransitions(getDeps(), user, decodeId("ep", endpoint.id) ?? "", { limit: 50 }),
  });
  return (
    <HydrationBoundary state={dehydrate(queries)}>
      <TransitionList id={endpoint.id} />
    </HydrationBoundary>
  );
}
