"use client";

import { useSuspenseQuery } from "@tanstack/react-query";
import { attemptName, faultWords, purposeWords } from "@/components/attempts/attempt-words";
import { AttemptTiming } from "@/components/attempts/attempt-timing";
import { DeliveryStrip } from "@/components/attempts/delivery-strip";
import { RequestCard, ResponseCard } from "@/components/attempts/message-cards";
import { NextStep } from "@/components/attempts/next-step";
import { ResendButton, type RetryDeliveryAction } from "@/components/attempts/resend-button";
import { ResultBadge } from "@/components/attempts/result-badge";
import { Callout } from "@/components/ui/callout";
import { Card } from "@/components/ui/card";
import { CopyableId } from "@/components/ui/copyable-id";
import { CopyButton } from "@/components/ui/copy-button";
import { DottedName } from "@/components/ui/dotted-name";
import { KeyValueList } from "@/components/ui/key-value-list";
import { PageHeader } from "@/components/ui/page-header";
import { TextLink } from "@/components/ui/text-link";
import { Timestamp } from "@/components/ui/timestamp";
import { spellMs } from "@/components/ui/waterfall";
import { curlCommand } from "@/lib/domain/curl";
import { errorCodeAdvice } from "@/lib/domain/error-codes";
import { attemptQueries } from "@/lib/queries/attempts";
import type { AttemptDetailOut } from "@/lib/schemas/delivery";

type AttemptDetailProps = { attemptId: string; retryDelivery: RetryDeliveryAction };

/** One attempt: what happened in words, what was sent and answered, and where its delivery stands. Live. */
export function AttemptDetail({ attemptId, retryDelivery }: AttemptDetailProps) {
  const { data: detail } = useSuspenseQuery(attemptQueries.detail(attemptId));
  const { attempt, delivery } = detail;
  return (
    <>
      <PageHeader
        breadcrumbs={[{ label: "Logs", href: "/logs" }]}
        title={
          <span className="font-mono text-lg wrap-anywhere">
            <DottedName name={attempt.eventType} />
          </span>
        }
        badge={<ResultBadge attempt={attempt} />}
        description={
          <>
            {attempt.deliveryAttempt === 0 ? "First attempt" : attemptName(attempt.deliveryAttempt)}, made{" "}
            <Timestamp at={attempt.deliveryTimestamp} />
          </>
        }
        actions={
          <>
            <CopyButton
              text={() => curlCommand(attempt.request)}
              label="Copy as cURL"
              iconOnly={false}
              variant="secondary"
              size="md"
            />
            <ResendButton
              variant="primary"
              deliveryId={attempt.deliveryId}
              refusal={detail.retryRefusal}
              retryDelivery={retryDelivery}
            />
          </>
        }
      />
      <div className="grid gap-4">
        <AttemptSummary detail={detail} />
        {delivery && <DeliveryStrip delivery={delivery} attemptId={attempt.id} />}
        <div className="grid items-start gap-4 lg:grid-cols-2">
          <RequestCard request={attempt.request} />
          <ResponseCard attempt={attempt} />
        </div>
        <div className="grid items-start gap-4 lg:grid-cols-2">
          <Card title="Timing">
            <AttemptTiming attempt={attempt} />
          </Card>
          <Card title="Details">
            <AttemptFacts detail={detail} />
          </Card>
        </div>
      </div>
    </>
  );
}

function AttemptSummary({ detail }: { detail: AttemptDetailOut }) {
  const { attempt } = detail;
  if (attempt.outcome === "succeeded") {
    return (
      <Callout
        tone="success"
        title={`The endpoint answered ${attempt.statusCode} in ${spellMs(attempt.durationMs)}.`}
      >
        <NextStep detail={detail} />
      </Callout>
    );
  }
  const advice =
    attempt.errorCode && attempt.errorCode !== "unexpected_status" && errorCodeAdvice[attempt.errorCode];
  return (
    <Callout tone="danger" title={`${attempt.errorMessage ?? "The attempt failed"}.`}>
      {advice && <p>{advice.advice}</p>}
      <NextStep detail={detail} />
    </Callout>
  );
}

function AttemptFacts({ detail: { attempt, delivery, endpoint } }: { detail: AttemptDetailOut }) {
  return (
    <KeyValueList
      items={[
        {
          label: "Endpoint",
          value: endpoint.isDeleted ? (
            <>{endpoint.description || endpoint.url} (deleted)</>
          ) : (
            <TextLink href={`/endpoints/${endpoint.id}`}>{endpoint.description || endpoint.url}</TextLink>
          ),
        },
        {
          label: "Event",
          value: <TextLink href={`/events/${attempt.eventId}`}>{attempt.eventId}</TextLink>,
          mono: true,
        },
        { label: "Purpose", value: purposeWords[attempt.purpose] },
        ...(attempt.fault ? [{ label: "Fault", value: faultWords[attempt.fault] }] : []),
        { label: "Made", value: <Timestamp at={attempt.deliveryTimestamp} show="absolute" /> },
        { label: "deliveryAttempt", value: attempt.deliveryAttempt },
        { label: "Attempt", value: <CopyableId id={attempt.id} full /> },
        { label: "Delivery", value: <CopyableId id={delivery?.id ?? attempt.deliveryId} full /> },
      ]}
    />
  );
}
