"use client";

import { useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { parseAsStringLiteral, useQueryState } from "nuqs";
import { TimeBars } from "@/components/charts/time-bars";
import { TimeLines } from "@/components/charts/time-lines";
import { AttentionList } from "@/components/overview/attention-list";
import { EndpointStates } from "@/components/overview/endpoint-states";
import { FirstSteps, isFirstRun } from "@/components/overview/first-steps";
import { OverviewStats } from "@/components/overview/overview-stats";
import { Card } from "@/components/ui/card";
import { ErrorState } from "@/components/ui/error-state";
import { UrlSegmented } from "@/components/ui/filter-bar/url-filters";
import { PageHeader } from "@/components/ui/page-header";
import { overviewQueries } from "@/lib/queries/overview";
import { type OverviewOut, overviewRanges } from "@/lib/schemas/overview";

const rangeOptions = [
  { value: "24h", label: "24 hours" },
  { value: "7d", label: "7 days" },
] as const;

/** How deliveries are doing and what needs a person. Live. */
export function Overview({ organizationName }: { organizationName: string }) {
  const [range] = useQueryState("range", parseAsStringLiteral(overviewRanges).withDefault("24h"));
  const { data, isError, isFetching, refetch } = useQuery(overviewQueries.show(range));
  const firstRun = data !== undefined && isFirstRun(data);
  return (
    <>
      <PageHeader
        title="Overview"
        description={organizationName}
        actions={
          !firstRun && (
            <UrlSegmented param="range" label="Time range" defaultValue="24h" options={rangeOptions} />
          )
        }
      />
      {isError && !data ? (
        <ErrorState onRetry={() => void refetch()} retrying={isFetching} />
      ) : (
        data && (firstRun ? <FirstRun overview={data} /> : <Boards overview={data} />)
      )}
    </>
  );
}

/** Charts without anything in them would only be in the way. */
function FirstRun({ overview }: { overview: OverviewOut }) {
  if (overview.endpoints.length === 0) return <FirstSteps overview={overview} />;
  return (
    <div className="grid items-start gap-4 xl:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]">
      <FirstSteps overview={overview} />
      <div className="grid gap-4">
        <Attention overview={overview} />
        <EndpointStates counts={overview.endpoints} />
      </div>
    </div>
  );
}

function Boards({ overview }: { overview: OverviewOut }) {
  const { items, range } = overview;
  const router = useRouter();
  const days = range === "24h" ? "24 hours" : "7 days";
  const showHour = ({ since, until }: { since: Date; until: Date }) =>
    router.push(`/logs?since=${since.toISOString()}&until=${until.toISOString()}`);
  return (
    <div className="grid gap-4">
      <OverviewStats overview={overview} />
      <div className="grid items-start gap-4 xl:grid-cols-[minmax(0,2fr)_minmax(0,1fr)] xl:grid-rows-[auto_1fr]">
        {/* First, also on a phone; beside the charts where there is room. */}
        <div className="xl:col-start-2 xl:row-span-2 xl:row-start-1">
          <Attention overview={overview} />
        </div>
        <div className="grid gap-4">
          <Card title="Attempts per hour" description="Press a bar to see its attempts in the log.">
            <TimeBars
              noun="attempts"
              bucket="hour"
              points={items.map(({ start, attempts, failures }) => ({
                at: start,
                succeeded: attempts - failures,
                failed: failures,
              }))}
              empty={`Nothing was sent in the last ${days}.`}
              onSelect={showHour}
            />
          </Card>
          <Card title="Response time">
            <TimeLines
              label="Response time"
              bucket="hour"
              points={items.map(({ start, p50Ms, p95Ms }) => ({ at: start, p50Ms, p95Ms }))}
              heightPx={160}
              empty={`Nothing was measured in the last ${days}.`}
            />
          </Card>
        </div>
        <EndpointStates counts={overview.endpoints} />
      </div>
    </div>
  );
}

function Attention({ overview }: { overview: OverviewOut }) {
  return <AttentionList items={overview.attention} moreCount={overview.attentionMoreCount} />;
}
