import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import { forbidden } from "next/navigation";
import { createLoader, type SearchParams } from "nuqs/server";
import { reviewFilterParsers, toReviewQuery } from "@/components/review/review-filters";
import { ReviewList } from "@/components/review/review-list";
import { PageHeader } from "@/components/ui/page-header";
import { getQueryClient } from "@/lib/queries/client";
import { reviewQueries } from "@/lib/queries/review";
import { requireUser } from "@/lib/server/auth/session";
import { getDeps } from "@/lib/server/deps";
import { isAdmin } from "@/lib/server/principal";
import { listReview } from "@/lib/server/use-cases/list-review";
import { reviewEndpointsAction } from "./actions";

export const metadata: Metadata = { title: "Review" };

const loadFilter = createLoader(reviewFilterParsers);

export default async function ReviewPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const user = await requireUser();
  if (!isAdmin(user)) forbidden();
  const query = toReviewQuery(await loadFilter(searchParams));
  if (query.all === "1" && !user.isOperator) forbidden();
  const client = getQueryClient();
  await client.prefetchQuery({
    ...reviewQueries.list(query),
    queryFn: () => listReview(getDeps(), user, query),
  });
  return (
    <>
      <PageHeader
        title="Review"
        description="Endpoints that fail, were switched off for failing, or cannot pass their test."
      />
      <HydrationBoundary state={dehydrate(client)}>
        <ReviewList isOperator={user.isOperator} review={reviewEndpointsAction} />
      </HydrationBoundary>
    </>
  );
}
