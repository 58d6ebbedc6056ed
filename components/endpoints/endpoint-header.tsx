"use client";

import { StateActions, type SetStateAction } from "@/components/endpoints/state-actions";
import { StateBadge, StatusBadge } from "@/components/endpoints/endpoint-badges";
import { SendTest, type SendTestProps } from "@/components/endpoints/send-test";
import { useEndpoint } from "@/components/endpoints/use-endpoint";
import { CopyableId } from "@/components/ui/copyable-id";
import { DottedName } from "@/components/ui/dotted-name";
import { PageHeader } from "@/components/ui/page-header";
import { LinkTabs } from "@/components/ui/tabs";

type EndpointHeaderProps = Pick<SendTestProps, "eventTypes" | "sendTest"> & {
  id: string;
  setState: SetStateAction;
};

/** The head of an endpoint's pages: its URL and state, live, what can be done with it, and its tabs. */
export function EndpointHeader({ id, eventTypes, setState, sendTest }: EndpointHeaderProps) {
  const { endpoint, stateReason } = useEndpoint(id);
  const base = `/endpoints/${id}`;
  return (
    <PageHeader
      breadcrumbs={[{ label: "Endpoints", href: "/endpoints" }]}
      title={
        <span className="font-mono text-lg wrap-anywhere">
          <DottedName name={endpoint.url} />
        </span>
      }
      badge={
        // Announced as it changes: what a press on Activate comes to is seen here.
        <span role="status" className="flex flex-wrap gap-1">
          <StateBadge state={endpoint.state} />
          {endpoint.state === "active" && <StatusBadge {...endpoint} />}
        </span>
      }
      description={
        <span className="flex flex-wrap items-center gap-x-3">
          {endpoint.description && <span className="min-w-0 wrap-anywhere">{endpoint.description}</span>}
          <CopyableId id={endpoint.id} />
        </span>
      }
      actions={
        <>
          <SendTest id={id} eventTypes={eventTypes} sendTest={sendTest} />
          <StateActions id={id} state={endpoint.state} reason={stateReason} setState={setState} />
        </>
      }
    >
      <LinkTabs
        label="Endpoint"
        tabs={[
          { label: "Overview", href: base },
          { label: "Attempts", href: `${base}/attempts` },
          { label: "Settings", href: `${base}/settings` },
          { label: "Secret", href: `${base}/secret` },
          { label: "Recover", href: `${base}/recover` },
          { label: "History", href: `${base}/history` },
        ]}
      />
    </PageHeader>
  );
}
