"use client";

import { TimeBars } from "@/components/charts/time-bars";
import { TimeLines } from "@/components/charts/time-lines";
import { FirstActivation } from "@/components/endpoints/first-activation";
import { HealthBanner } from "@/components/endpoints/health-banner";
import { spellConsequences, spellSubscription } from "@/components/endpoints/endpoint-words";
import { StateLine } from "@/components/endpoints/state-line";
import { useEndpoint } from "@/components/endpoints/use-endpoint";
import { ValidationSteps } from "@/components/endpoints/validation-steps";
import { UndeliveredBanner } from "@/components/replays/undelivered-banner";
import { Card } from "@/components/ui/card";
import { KeyValueList } from "@/components/ui/key-value-list";
import { Stat, StatRow } from "@/components/ui/stat";
import { TextLink } from "@/components/ui/text-link";
import { Timestamp } from "@/components/ui/timestamp";
import { formatDuration, parseDuration } from "@/lib/format/duration";
import { percent } from "@/lib/format/numbers";
import type { EndpointPage, InstanceDefaults } from "@/lib/schemas/endpoint-page";
import type { StatsBucketOut } from "@/lib/schemas/stats";

/** How an endpoint is doing: its state in a sentence, its validation try by try, its last day in charts. */
export function EndpointOverview({ id, defaults }: { id: string; defaults: InstanceDefaults }) {
  const page = useEndpoint(id);
  const { endpoint, stateReason, stats, validation } = page;
  const isProving = endpoint.state === "validating" || stateReason === "validation_failed";
  const isNew = stateReason === "created";
  return (
    <div className="grid gap-5">
      <HealthBanner page={page} />
      <StateLine page={page} />
      {isNew && <FirstActivation page={page} />}
      <UndeliveredBanner id={id} isNew={isNew} />
      {validation && (isProving || isRecent(page)) && <ValidationSteps page={page} defaults={defaults} />}
      {!isNew && <LastDay items={stats.items} />}
      <Facts page={page} defaults={defaults} />
    </div>
  );
}

/** An endpoint that was never activated has no last day. */
function LastDay({ items }: { items: readonly StatsBucketOut[] }) {
  return (
    <>
      <Totals items={items} />
      <div className="grid gap-5 lg:grid-cols-2">
        <Card title="Attempts" description="Per hour, the last 24 hours">
          <TimeBars
            noun="attempts"
            bucket="hour"
            points={items.map(({ start, attempts, failures }) => ({
              at: start,
              succeeded: attempts - failures,
              failed: failures,
            }))}
            empty="No event was sent to this endpoint in the last 24 hours."
          />
        </Card>
        <Card title="Response time" description="Per hour, the last 24 hours">
          <TimeLines
            label="Response time"
            bucket="hour"
            points={items.map(({ start, p50Ms, p95Ms }) => ({ at: start, p50Ms, p95Ms }))}
          />
        </Card>
      </div>
    </>
  );
}

/** The steps stay for a while after they ended, so that the one who waited sees the answer, unless it fails since. */
function isRecent({ endpoint, stateSince, stats }: EndpointPage): boolean {
  return endpoint.statusReason === null && Date.parse(stats.until) - Date.parse(stateSince) < 15 * 60_000;
}

function Totals({ items }: { items: readonly StatsBucketOut[] }) {
  const attempts = items.reduce((sum, item) => sum + item.attempts, 0);
  const failures = items.reduce((sum, item) => sum + item.failures, 0);
  const last = items.findLast((item) => item.p50Ms !== null);
  return (
    <StatRow>
      <Stat label="Attempts, 24 hours" value={attempts.toLocaleString("en")} />
      <Stat label="Succeeded" value={percent(attempts - failures, attempts)} />
      <Stat label="Failed" value={failures.toLocaleString("en")} />
      <Stat label="Median, last active hour" {...spelled(last?.p50Ms)} />
      <Stat label="p95, last active hour" {...spelled(last?.p95Ms)} />
    </StatRow>
  );
}

function spelled(durationMs: number | null | undefined) {
  return durationMs == null
    ? { value: "–" }
    : { value: Math.round(durationMs).toLocaleString("en"), unit: "ms" };
}

function Facts({ page, defaults }: { page: EndpointPage; defaults: InstanceDefaults }) {
  const { endpoint, createdBy, usesDefaultTimeout } = page;
  const schedule = endpoint.retrySchedule ?? defaults.retrySchedule;
  const headerNames = Object.keys(endpoint.headers);
  const waits = schedule.length === 0 ? "No retries" : `After ${schedule.join(", ")}`;
  return (
    <Card title="Delivery" actions={<TextLink href={`/endpoints/${endpoint.id}/settings`}>Change</TextLink>}>
      <KeyValueList
        layout="columns"
        items={[
          {
            label: "Events",
            value: spellSubscription(endpoint.eventTypes),
            mono: endpoint.eventTypes[0] !== "*",
          },
          {
            label: "Filter",
            value: endpoint.filter ? JSON.stringify(endpoint.filter) : "None",
            mono: endpoint.filter !== null,
          },
          { label: "Succeeds with", value: endpoint.successStatus === "200" ? "Status 200" : "Any 2xx" },
          { label: "Retries", value: endpoint.retrySchedule ? waits : `${waits} (default)` },
          {
            label: "Timeout",
            value: `${formatDuration(endpoint.timeoutSeconds * 1000)}${usesDefaultTimeout ? " (default)" : ""}`,
          },
          {
            label: "Rate limit",
            value: endpoint.rateLimitPerSecond ? `${endpoint.rateLimitPerSecond} per second` : "None",
          },
          { label: "When it fails", value: spellConsequences(endpoint, chronicOf(defaults)) },
          { label: "Custom headers", value: headerNames.join(", ") || "None", mono: headerNames.length > 0 },
          {
            label: "Verified by",
            value: endpoint.verification.method === "challenge" ? "Challenge" : "Signed test event",
          },
          {
            label: "Created",
            value: (
              <>
                <Timestamp at={endpoint.createdAt} />
                {createdBy && ` by ${createdBy}`}
              </>
            ),
          },
        ]}
      />
    </Card>
  );
}

function chronicOf({ probationAfter, disableAfter }: InstanceDefaults) {
  return {
    probationAfterMs: parseDuration(probationAfter) ?? 0,
    disableAfterMs: parseDuration(disableAfter) ?? 0,
  };
}
