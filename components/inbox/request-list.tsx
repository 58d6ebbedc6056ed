"use client";

import { CircleCheck, CircleDashed, CircleX } from "lucide-react";
import { LiveMark } from "@/components/shell/live-mark";
import { cn } from "@/components/ui/class-names";
import { Badge } from "@/components/ui/badge";
import { Timestamp } from "@/components/ui/timestamp";
import { formatBytes } from "@/lib/format/bytes";
import { type InboxRequestRowOut, inboxRequestsMax } from "@/lib/schemas/inbox";

type RequestListProps = {
  requests: readonly InboxRequestRowOut[];
  shownId: string | undefined;
  onChoose: (id: string) => void;
  className?: string;
};

/** What arrived, newest first. */
export function RequestList({ requests, shownId, onChoose, className }: RequestListProps) {
  return (
    <section
      aria-label="Requests"
      className={cn("min-w-0 overflow-hidden rounded-lg border bg-surface", className)}
    >
      <p className="flex h-9 items-center justify-between border-b px-3 text-xs text-muted">
        <span>
          {requests.length === inboxRequestsMax ? `The last ${inboxRequestsMax} requests` : "Newest first"}
        </span>
        <LiveMark />
      </p>
      {/* Positioned, or the words for screen readers, which are, would make the page as long as the list is. */}
      <ul className="relative max-h-[70vh] overflow-y-auto">
        {requests.map((request) => (
          <li key={request.id} className="border-b last:border-b-0">
            <button
              type="button"
              aria-current={request.id === shownId ? "true" : undefined}
              onClick={() => onChoose(request.id)}
              className="grid w-full grid-cols-[auto_minmax(0,1fr)_auto] items-center gap-x-2.5 px-3 py-2 text-left text-sm -outline-offset-2 hover:bg-hover aria-[current]:bg-accent-soft"
            >
              <SignatureMark signature={request.signature} />
              <span className="truncate font-medium">
                {request.eventType ?? `${request.method} ${request.query}`}
              </span>
              <span className="justify-self-end">
                <AnswerBadge answered={request.answered} />
              </span>
              <span className="col-start-2 truncate text-xs text-muted">
                {request.method}, {formatBytes(request.bodyBytes)}
              </span>
              <Timestamp at={request.receivedAt} className="text-right text-xs text-muted" />
            </button>
          </li>
        ))}
      </ul>
      {requests.length === 0 && (
        <p className="px-3 py-6 text-center text-sm text-muted">Nothing has arrived yet.</p>
      )}
    </section>
  );
}

const marks = {
  valid: { Icon: CircleCheck, style: "text-success-text", words: "Signature valid:" },
  invalid: { Icon: CircleX, style: "text-danger-text", words: "Signature not valid:" },
  unchecked: { Icon: CircleDashed, style: "text-subtle", words: "No signature to check:" },
};

export function SignatureMark({ signature }: { signature: InboxRequestRowOut["signature"] }) {
  const { Icon, style, words } = marks[signature];
  return (
    <span title={words.slice(0, -1)}>
      <Icon aria-hidden className={cn("size-4", style)} />
      <span className="sr-only">{words}</span>
    </span>
  );
}

/** The status it was answered with; a crawling answer never got further than its first bytes. */
export function AnswerBadge({ answered }: { answered: number | null }) {
  if (answered === null) return <Badge tone="warning">crawled</Badge>;
  const tone = answered < 300 ? "success" : answered < 400 ? "warning" : "danger";
  return (
    <Badge tone={tone} mono>
      {answered}
    </Badge>
  );
}
