"use client";

import { useQuery } from "@tanstack/react-query";
import { ArrowLeft } from "lucide-react";
import { AnswerBadge } from "@/components/inbox/request-list";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Card } from "@/components/ui/card";
import { CopyButton } from "@/components/ui/copy-button";
import { ErrorState } from "@/components/ui/error-state";
import { JsonView } from "@/components/ui/json-view/json-view";
import { KeyValueList } from "@/components/ui/key-value-list";
import { SkeletonCard } from "@/components/ui/skeleton";
import { Timestamp } from "@/components/ui/timestamp";
import { formatBytes } from "@/lib/format/bytes";
import { inboxQueries } from "@/lib/queries/inbox";
import type { InboxRequestOut } from "@/lib/schemas/inbox";

type RequestDetailProps = {
  inboxId: string;
  requestId: string;
  /** Chosen by the reader; otherwise the newest is followed. */
  isPinned: boolean;
  onBack: () => void;
};

/** One request: the verdict on its signature, headers and body as they arrived. Everything in it is text. */
export function RequestDetail({ inboxId, requestId, isPinned, onBack }: RequestDetailProps) {
  const query = useQuery({
    ...inboxQueries.request(inboxId, requestId),
    placeholderData: (before) => before,
  });
  return (
    <div className="grid min-w-0 gap-4">
      {isPinned && (
        <div className="flex">
          <Button size="sm" variant="ghost" onClick={onBack}>
            <ArrowLeft aria-hidden />
            <span className="lg:hidden">All requests</span>
            <span className="max-lg:hidden">Follow the newest</span>
          </Button>
        </div>
      )}
      {query.data ? (
        <Detail request={query.data} />
      ) : query.isError ? (
        <ErrorState
          title="This request is not here any more"
          onRetry={() => void query.refetch()}
          retrying={query.isFetching}
        >
          It made room for newer ones, or the inbox was emptied. The attempt is still in the logs.
        </ErrorState>
      ) : (
        <>
          <SkeletonCard />
          <SkeletonCard lines={8} />
        </>
      )}
    </div>
  );
}

const verdictLooks = {
  valid: { tone: "success", title: "Signature valid" },
  invalid: { tone: "danger", title: "Signature not valid" },
  unchecked: { tone: "info", title: "No signature to check" },
} as const;

function Detail({ request }: { request: InboxRequestOut }) {
  const { tone, title } = verdictLooks[request.signature];
  return (
    <>
      <Callout tone={tone} title={title}>
        {request.verdict}
      </Callout>
      <Card flush>
        <div className="border-b px-4 py-3">
          <KeyValueList
            layout="columns"
            items={[
              { label: "Method", value: request.method + (request.query && ` ${request.query}`), mono: true },
              { label: "Event type", value: request.eventType ?? "None named" },
              { label: "Answered", value: <AnswerBadge answered={request.answered} /> },
              { label: "Body", value: formatBytes(request.bodyBytes) },
              { label: "Received", value: <Timestamp at={request.receivedAt} show="absolute" /> },
            ]}
          />
        </div>
        <Headers headers={request.headers} />
      </Card>
      {!request.isText && (
        <Callout tone="warning">
          The body is not UTF-8 text: bytes that are none are shown as a replacement character.
        </Callout>
      )}
      <JsonView text={request.body} label="the request body" emptyText="No body" className="max-h-[36rem]" />
    </>
  );
}

function Headers({ headers }: { headers: InboxRequestOut["headers"] }) {
  const text = headers.map(({ name, value }) => `${name}: ${value}`).join("\n");
  return (
    <section aria-label="Headers">
      <div className="flex h-10 items-center justify-between border-b bg-sunken pr-1.5 pl-4">
        <h2 className="text-xs font-medium text-muted">Headers</h2>
        <CopyButton text={text} label="Copy the headers" />
      </div>
      <dl className="grid max-h-80 gap-y-1 overflow-y-auto px-4 py-3 font-mono text-xs leading-5 sm:grid-cols-[minmax(8rem,14rem)_minmax(0,1fr)] sm:gap-x-4">
        {headers.map(({ name, value }) => (
          <div key={name} className="contents">
            <dt className="text-muted wrap-anywhere">{name}</dt>
            <dd className="wrap-anywhere max-sm:mb-1.5">{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
