import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import { createLoader, type SearchParams } from "nuqs/server";
import { AdminsOnly } from "@/components/auth/admins-only";
import { reviewFilterParsers, toReviewQuery } from "@/components/review/review-filters";
import { ReviewList } from "@/components/review/review-list";
import { MessagePage } from "@/components/shell/message-page";
import { LinkButton } from "@/components/ui/link-button";
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
  if (!isAdmin(user)) return <AdminsOnly what="Endpoint reviews" />;
  const query = toReviewQuery(await loadFilter(searchParams));
  if (query.all === "1" && !user.isOperator) return <OperatorsOnly />;
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

function OperatorsOnly() {
  return (
    <MessagePage
      overline="403"
      title="All organizations are for operators"
      actions={<LinkButton href="/review">Review your own organization</LinkButton>}
    >
      Operators of this instance look after every organization. You are an admin of yours.
    </MessagePage>
  );
}
