"use client";

import { ArrowUp, ScrollText } from "lucide-react";
import { useQueryStates } from "nuqs";
import { type ReactNode, useMemo, useRef } from "react";
import {
  attemptFilterParams,
  attemptFilterParsers,
  attemptListFilter,
} from "@/components/attempts/attempt-filter";
import { AttemptFilters } from "@/components/attempts/attempt-filters";
import { AttemptTable } from "@/components/attempts/attempt-table";
import { useLiveAttempts } from "@/components/attempts/use-live-attempts";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { ClearFilters } from "@/components/ui/filter-bar/url-filters";
import { LoadMore } from "@/components/ui/load-more";
import { NoMatchState } from "@/components/ui/no-match-state";
import { SkeletonRows } from "@/components/ui/skeleton";
import { counted } from "@/lib/format/numbers";
import { FetchError } from "@/lib/queries/fetch-json";

type AttemptListProps = {
  /** `ep_...`: only this endpoint's attempts. */
  endpointId?: string;
  /** While there are none at all: what makes some. */
  emptyAction?: ReactNode;
};

/** The log: filters in the address, rows that come in by themselves, each leading to `/logs/att_...`. */
export function AttemptList({ endpointId, emptyAction }: AttemptListProps) {
  const [chosen] = useQueryStates(attemptFilterParsers);
  const filter = useMemo(() => attemptListFilter(chosen, endpointId), [chosen, endpointId]);
  const topRef = useRef<HTMLDivElement>(null);
  const live = useLiveAttempts(filter, topRef);
  const isFiltered = Object.values(chosen).some((value) => value !== null);
  const ofEndpoint = endpointId !== undefined;
  const showNew = () => {
    live.takeIn();
    topRef.current?.scrollIntoView({ block: "start" });
  };
  return (
    <section aria-label="Attempts">
      <AttemptFilters ofEndpoint={ofEndpoint} isLive={live.isLive} />
      <div ref={topRef} className="scroll-mt-20" />
      <NewAttempts count={live.newCount} show={showNew} />
      <div onPointerMove={live.onPointerMove}>
        <Rows live={live} ofEndpoint={ofEndpoint} isFiltered={isFiltered} emptyAction={emptyAction} />
      </div>
    </section>
  );
}

type RowsProps = {
  live: ReturnType<typeof useLiveAttempts>;
  ofEndpoint: boolean;
  isFiltered: boolean;
  emptyAction: ReactNode;
};

function Rows({ live: { list, attempts }, ofEndpoint, isFiltered, emptyAction }: RowsProps) {
  if (list.isPending) return <SkeletonRows rows={12} columns={4} />;
  if (!list.data && isFiltered && isRefusal(list.error)) {
    return (
      <NoMatchState
        title="There is nothing with this filter"
        action={<ClearFilters params={attemptFilterParams} />}
      >
        {list.error.message}
      </NoMatchState>
    );
  }
  if (!list.data) return <ErrorState onRetry={() => void list.refetch()} retrying={list.isFetching} />;
  if (attempts.length === 0 && isFiltered) {
    return (
      <NoMatchState
        title="No attempts match these filters"
        action={<ClearFilters params={attemptFilterParams} />}
      />
    );
  }
  if (attempts.length === 0) {
    return (
      <EmptyState icon={ScrollText} title="No attempts yet" action={emptyAction}>
        Every request that is sent appears here within seconds, with what was answered, and stays as long as
        the retention says.
      </EmptyState>
    );
  }
  return (
    <AttemptTable
      attempts={attempts}
      ofEndpoint={ofEndpoint}
      footer={
        <LoadMore
          shownCount={attempts.length}
          noun="attempts"
          hasMore={list.hasNextPage}
          loading={list.isFetchingNextPage}
          onLoadMore={() => void list.fetchNextPage()}
        />
      }
    />
  );
}

/** The address asks for something that cannot be: asking again would change nothing. */
function isRefusal(error: Error | null): error is FetchError {
  return error instanceof FetchError && error.status < 500;
}

/** Floats above the rows, so that its coming and going moves none of them. */
function NewAttempts({ count, show }: { count: number; show: () => void }) {
  return (
    <div
      aria-live="polite"
      className="pointer-events-none sticky top-16 z-20 flex h-0 justify-center md:top-11"
    >
      {count > 0 && (
        <Button size="sm" onClick={show} className="pointer-events-auto rounded-full shadow-pop">
          <ArrowUp aria-hidden />
          {counted(count, "new attempt")}
        </Button>
      )}
    </div>
  );
}
