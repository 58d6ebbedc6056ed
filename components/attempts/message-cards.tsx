import type { ReactNode } from "react";
import { errorTitle } from "@/components/attempts/attempt-words";
import { Badge } from "@/components/ui/badge";
import { Card } from "@/components/ui/card";
import { CopyButton } from "@/components/ui/copy-button";
import { JsonView } from "@/components/ui/json-view/json-view";
import { KeyValueList } from "@/components/ui/key-value-list";
import { PanelTabs } from "@/components/ui/panel-tabs";
import type { AttemptOut } from "@/lib/schemas/attempt";

/** What was sent, to the byte. */
export function RequestCard({ request }: { request: AttemptOut["request"] }) {
  return (
    <Card title="Request">
      <p className="mb-3 flex items-start gap-2 font-mono text-xs leading-5">
        <Badge mono>{request.method}</Badge>
        <span className="min-w-0 wrap-anywhere">{request.url}</span>
      </p>
      <Message
        of="request"
        headers={request.headers}
        body={
          request.body === null ? (
            <NoBody>
              {request.method === "GET"
                ? "A challenge is a GET request and has no body."
                : "The event is past the retention, and the body with it."}
            </NoBody>
          ) : (
            <JsonView text={request.body} label="the request body" className="max-h-128" />
          )
        }
      />
    </Card>
  );
}

/** What was answered. Foreign text: never read as HTML. */
export function ResponseCard({
  attempt: { response, statusCode, errorCode, outcome },
}: {
  attempt: AttemptOut;
}) {
  if (response === null) {
    return (
      <Card title="Response">
        <NoBody>{errorCode ? `${errorTitle(errorCode)}: ` : ""}there was no HTTP response.</NoBody>
      </Card>
    );
  }
  return (
    <Card title="Response">
      <p className="mb-3 flex flex-wrap items-center gap-2 text-xs">
        <Badge mono tone={outcome === "succeeded" ? "success" : "danger"}>
          {statusCode}
        </Badge>
        {response.bodyTruncated && (
          <Badge tone="warning">
            {wasCutOff(errorCode) ? "Cut off: this is what had arrived" : "Only the first 16 KiB were kept"}
          </Badge>
        )}
        {response.bodyIsBinary && <Badge tone="warning">Not text: some bytes cannot be shown</Badge>}
      </p>
      <Message
        of="response"
        headers={response.headers}
        body={
          <JsonView
            text={response.body}
            label="the response body"
            emptyText="The response had no body"
            className="max-h-128"
          />
        }
      />
    </Card>
  );
}

/** The answer itself was whole where only its status or its length was wrong. */
function wasCutOff(errorCode: AttemptOut["errorCode"]): boolean {
  return errorCode !== null && errorCode !== "unexpected_status";
}

type MessageProps = { of: "request" | "response"; headers: Record<string, string>; body: ReactNode };

function Message({ of, headers, body }: MessageProps) {
  const entries = Object.entries(headers);
  const text = () =>
    entries.flatMap(([name, value]) => value.split("\n").map((line) => `${name}: ${line}`)).join("\n");
  return (
    <PanelTabs
      label={of === "request" ? "Request" : "Response"}
      tabs={[
        { value: "body", label: "Body", content: body },
        {
          value: "headers",
          label: (
            <>
              Headers <span className="text-xs font-normal text-subtle tabular-nums">{entries.length}</span>
            </>
          ),
          content: <HeaderList entries={entries} copyText={text} of={of} />,
        },
      ]}
    />
  );
}

type HeaderListProps = { entries: [string, string][]; copyText: () => string; of: string };

function HeaderList({ entries, copyText, of }: HeaderListProps) {
  if (entries.length === 0) return <NoBody>There were no headers.</NoBody>;
  return (
    <div className="relative">
      <KeyValueList
        items={entries.map(([name, value]) => ({
          label: <span className="font-mono text-xs wrap-anywhere">{name}</span>,
          value: <span className="whitespace-pre-line">{value}</span>,
          mono: true,
        }))}
      />
      <div className="mt-2 flex justify-end">
        <CopyButton text={copyText} label={`Copy the ${of} headers`} iconOnly={false} />
      </div>
    </div>
  );
}

function NoBody({ children }: { children: ReactNode }) {
  return (
    <p className="rounded-md border border-dashed px-4 py-8 text-center text-sm text-muted">{children}</p>
  );
}
