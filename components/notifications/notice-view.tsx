"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Send } from "lucide-react";
import { useState } from "react";
import { MailState } from "@/components/notifications/mail-state";
import { kindLabels } from "@/components/notifications/notice-words";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { ErrorState } from "@/components/ui/error-state";
import { KeyValueList } from "@/components/ui/key-value-list";
import { PageHeader } from "@/components/ui/page-header";
import { PanelTabs } from "@/components/ui/panel-tabs";
import { SkeletonRows } from "@/components/ui/skeleton";
import { TextLink } from "@/components/ui/text-link";
import { Timestamp } from "@/components/ui/timestamp";
import { noticeQueries } from "@/lib/queries/notifications";
import type { ActionResult } from "@/lib/schemas/action-result";
import type { NoticeDetail } from "@/lib/schemas/notification";

type NoticeViewProps = {
  id: string;
  sends: boolean;
  retry: (input: { id: string }) => Promise<ActionResult>;
};

/** One mail: where it stands and what it says, as HTML and as text. */
export function NoticeView({ id, sends, retry }: NoticeViewProps) {
  const query = useQuery(noticeQueries.detail(id));
  if (query.isPending) return <SkeletonRows rows={4} columns={2} />;
  if (!query.data) return <ErrorState onRetry={() => void query.refetch()} retrying={query.isFetching} />;
  const notice = query.data;
  const canSend = sends && (notice.state === "failed" || notice.state === "kept");
  return (
    <>
      <PageHeader
        title={kindLabels[notice.kind]}
        badge={<MailState mail={{ ...notice, lastError: null }} />}
        description={`To ${notice.recipient}`}
        breadcrumbs={[{ label: "Notifications", href: "/notifications" }]}
        actions={canSend && <SendButton notice={notice} retry={retry} />}
      />
      {notice.lastError && notice.state !== "sent" && (
        <Callout
          tone={notice.state === "failed" ? "danger" : "warning"}
          className="mb-4"
          title={notice.lastError}
        >
          {notice.nextTryAt ? (
            <>
              Tried {notice.attempts === 1 ? "once" : `${notice.attempts} times`}; the next try is{" "}
              <Timestamp at={notice.nextTryAt} />.
            </>
          ) : (
            "It was given up. Once the mail server takes it, send it again."
          )}
        </Callout>
      )}
      <NoticeFacts notice={notice} />
      <div className="mt-6">
        <NoticeContent notice={notice} />
      </div>
    </>
  );
}

function NoticeFacts({ notice }: { notice: NoticeDetail }) {
  const { endpointId, endpointUrl } = notice;
  return (
    <KeyValueList
      layout="columns"
      items={[
        { label: "Subject", value: notice.subject },
        {
          label: "Endpoint",
          value: endpointUrl ? (
            <TextLink href={`/endpoints/${endpointId}`}>{endpointUrl}</TextLink>
          ) : (
            "Deleted since"
          ),
        },
        { label: "Written", value: <Timestamp at={notice.createdAt} /> },
        ...(notice.sentAt ? [{ label: "Sent", value: <Timestamp at={notice.sentAt} /> }] : []),
      ]}
    />
  );
}

function NoticeContent({ notice }: { notice: NoticeDetail }) {
  return (
    <PanelTabs
      label="Content"
      tabs={[
        {
          value: "html",
          label: "As HTML",
          content: (
            <iframe
              title="The mail as HTML"
              srcDoc={notice.html}
              // No scripts, whatever the mail holds; its links open in a new tab.
              sandbox="allow-popups allow-popups-to-escape-sandbox"
              className="h-200 w-full rounded-lg border bg-surface"
            />
          ),
        },
        {
          value: "text",
          label: "As text",
          content: (
            <pre className="overflow-x-auto rounded-lg border bg-surface p-4 font-mono text-xs leading-5 whitespace-pre-wrap">
              {notice.text}
            </pre>
          ),
        },
      ]}
    />
  );
}

function SendButton({ notice, retry }: { notice: NoticeDetail; retry: NoticeViewProps["retry"] }) {
  const client = useQueryClient();
  const [pending, setPending] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);
  async function send() {
    setPending(true);
    const result = await retry({ id: notice.id }).catch(() => null);
    setRefusal(result === null ? "The server did not answer. Try again." : result.ok ? null : result.message);
    await client.invalidateQueries({ queryKey: noticeQueries.all() });
    setPending(false);
  }
  return (
    <>
      {refusal && (
        <span role="alert" className="text-sm text-danger-text">
          {refusal}
        </span>
      )}
      <Button variant="primary" pending={pending} onClick={() => void send()}>
        <Send aria-hidden />
        {notice.state === "kept" ? "Send it" : "Send again"}
      </Button>
    </>
  );
}
