"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { ShieldCheck } from "lucide-react";
import { useQueryStates } from "nuqs";
import { useState } from "react";
import { ReviewActionBar } from "@/components/review/review-action-bar";
import { ReviewFilterBar, reviewParams } from "@/components/review/review-filter-bar";
import { reviewFilterParsers, toReviewQuery } from "@/components/review/review-filters";
import { ReviewReport, type ReviewReportContent } from "@/components/review/review-report";
import { ReviewTable } from "@/components/review/review-table";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { ClearFilters } from "@/components/ui/filter-bar/url-filters";
import { LinkButton } from "@/components/ui/link-button";
import { NoMatchState } from "@/components/ui/no-match-state";
import { SkeletonRows } from "@/components/ui/skeleton";
import { reviewQueries } from "@/lib/queries/review";
import type { ActionResult } from "@/lib/schemas/action-result";
import { type ReviewAction, type ReviewResult, reviewSelectionMax } from "@/lib/schemas/review";

export type ReviewEndpoints = (input: {
  endpointIds: string[];
  action: ReviewAction;
  note: string;
  all: boolean;
}) => Promise<ActionResult<ReviewResult[]>>;

/** What needs a look, live; select many, act on them, and read what became of each. */
export function ReviewList({ isOperator, review }: { isOperator: boolean; review: ReviewEndpoints }) {
  const [filter] = useQueryStates(reviewFilterParsers);
  const client = useQueryClient();
  const query = useQuery(reviewQueries.list(toReviewQuery(filter)));
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [report, setReport] = useState<ReviewReportContent | null>(null);
  const items = query.data?.items ?? [];
  // What has left the list meanwhile is not acted upon.
  const selected = items.filter(({ endpointId }) => chosen.has(endpointId)).slice(0, reviewSelectionMax);

  async function act(action: ReviewAction, note: string): Promise<string | null> {
    const endpointIds = selected.map(({ endpointId }) => endpointId);
    const result = await review({ endpointIds, action, note, all: filter.all === "1" });
    if (!result.ok) return result.errors[0]?.message ?? result.message;
    setReport({ action, results: result.value });
    setChosen(new Set());
    await client.invalidateQueries({ queryKey: reviewQueries.all() });
    return null;
  }

  /** What a button takes away it goes with; the focus stays on the page. */
  const dismiss = (takeAway: () => void) => () => {
    document.getElementById("content")?.focus();
    takeAway();
  };

  return (
    <>
      <ReviewFilterBar isOperator={isOperator} counts={query.data} />
      {report && <ReviewReport report={report} onDismiss={dismiss(() => setReport(null))} />}
      {query.isPending ? (
        <SkeletonRows columns={5} />
      ) : query.isError && !query.data ? (
        <ErrorState onRetry={() => void query.refetch()} retrying={query.isFetching} />
      ) : items.length === 0 ? (
        <NothingToReview isOverall={filter.all === "1"} total={query.data?.openCount ?? 0} />
      ) : (
        <ReviewTable
          items={items}
          showOrganization={filter.all === "1"}
          limited={query.data?.limited ?? false}
          chosen={chosen}
          onChosenChange={setChosen}
        />
      )}
      {selected.length > 0 && (
        <ReviewActionBar selected={selected} onAct={act} onClear={dismiss(() => setChosen(new Set()))} />
      )}
    </>
  );
}

function NothingToReview({ isOverall, total }: { isOverall: boolean; total: number }) {
  const [{ q, reason, view }] = useQueryStates(reviewFilterParsers);
  if (q !== "" || reason.length > 0 || view === "seen") {
    return (
      <NoMatchState action={<ClearFilters params={reviewParams} />}>
        {total === 0
          ? "Nothing needs a look at the moment."
          : "Other endpoints need a look: clear the filters to see them."}
      </NoMatchState>
    );
  }
  return (
    <EmptyState
      icon={ShieldCheck}
      title="Nothing needs a look"
      action={<LinkButton href="/endpoints">See all endpoints</LinkButton>}
    >
      No endpoint of {isOverall ? "any organization" : "the organization"} is failing, was switched off for
      failing, or is stuck in its validation. Endpoints marked as seen come back here when something about
      them changes.
    </EmptyState>
  );
}
