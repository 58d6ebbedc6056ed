"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { ArrowRight, History } from "lucide-react";
import {
  reasonLabels,
  stateLabels,
  stateTones,
  statusLabels,
  statusTones,
} from "@/components/endpoints/endpoint-words";
import { Badge } from "@/components/ui/badge";
import { DottedName } from "@/components/ui/dotted-name";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { LoadMore } from "@/components/ui/load-more";
import { SkeletonRows } from "@/components/ui/skeleton";
import { Cell, HeaderCell, Row, Table } from "@/components/ui/table";
import { Timestamp } from "@/components/ui/timestamp";
import { ToldMoments } from "@/components/ui/told-moments";
import { endpointQueries } from "@/lib/queries/endpoints";
import type { TransitionOut } from "@/lib/schemas/endpoint-transition";

const labels: Partial<Record<string, string>> = { ...stateLabels, ...statusLabels };
const tones = { ...stateTones, ...statusTones };
const reasons: Partial<Record<string, string>> = { ...reasonLabels, created: "created" };

function spellReason(reason: string): string {
  const text = reasons[reason] ?? reason.replaceAll("_", " ");
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Every change of state and health, with who or what made it and why. */
export function TransitionList({ id }: { id: string }) {
  const query = useInfiniteQuery(endpointQueries.transitions(id));
  const transitions = query.data?.pages.flatMap((page) => page.items) ?? [];
  if (query.isPending) return <SkeletonRows columns={3} />;
  if (query.isError && !query.data) {
    return <ErrorState onRetry={() => void query.refetch()} retrying={query.isFetching} />;
  }
  if (transitions.length === 0) {
    return (
      <EmptyState icon={History} title="Nothing has changed yet">
        Activating, disabling and changes of health are listed here.
      </EmptyState>
    );
  }
  return (
    <Table
      caption="History of the endpoint"
      head={
        <>
          <HeaderCell>When</HeaderCell>
          <HeaderCell>Change</HeaderCell>
          <HeaderCell>Why</HeaderCell>
          <HeaderCell>By</HeaderCell>
        </>
      }
      footer={
        query.hasNextPage && (
          <LoadMore
            shownCount={transitions.length}
            noun="changes"
            hasMore
            loading={query.isFetchingNextPage}
            onLoadMore={() => void query.fetchNextPage()}
          />
        )
      }
    >
      {transitions.map((transition, index) => (
        <TransitionRow key={`${transition.at} ${transition.kind} ${index}`} transition={transition} />
      ))}
    </Table>
  );
}

function TransitionRow({ transition }: { transition: TransitionOut }) {
  const { from, to, reason, detail, actor, actorLabel, at } = transition;
  return (
    <Row>
      <Cell label="When">
        <Timestamp at={at} />
      </Cell>
      <Cell label="Change">
        <span className="flex items-center gap-1.5 whitespace-nowrap">
          {from && (
            <>
              <ValueBadge value={from} />
              <ArrowRight aria-hidden className="size-3.5 text-subtle" />
              <span className="sr-only"> to </span>
            </>
          )}
          <ValueBadge value={to} />
        </span>
      </Cell>
      <Cell label="Why">
        {spellReason(reason)}
        {detail && (
          <span className="block text-xs text-muted">
            <ToldMoments text={detail} />
          </span>
        )}
      </Cell>
      <Cell label="By" className="md:min-w-36">
        {actor === "system" ? "Posthorn" : <DottedName name={actorLabel} />}
      </Cell>
    </Row>
  );
}

function ValueBadge({ value }: { value: string }) {
  return <Badge tone={tones[value as keyof typeof tones] ?? "neutral"}>{labels[value] ?? value}</Badge>;
}
