"use client";

import { Inbox } from "lucide-react";
import { useState } from "react";
import type { InboxActions } from "@/components/inbox/inbox-actions";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { CodePre } from "@/components/ui/code-pre";
import { EmptyState } from "@/components/ui/empty-state";
import { LinkButton } from "@/components/ui/link-button";
import type { InboxPageOut } from "@/lib/schemas/inbox";

type EmptyInboxProps = {
  inbox: InboxPageOut;
  activate: InboxActions["activate"];
  refresh: () => Promise<void>;
};

/** An inbox that waits: what to do so that something arrives. */
export function EmptyInbox({ inbox, activate, refresh }: EmptyInboxProps) {
  const disabled = inbox.endpoints.find(({ state }) => state === "disabled");
  const isOn = inbox.endpoints.some(({ state }) => state !== "disabled");
  return (
    <div className="grid gap-4">
      {inbox.unreachable && (
        <Callout tone="warning" title="Deliveries will not arrive">
          {inbox.unreachable}
        </Callout>
      )}
      <EmptyState
        icon={Inbox}
        title="Waiting for the first request"
        action={
          isOn ? (
            <LinkButton href="/events/publish" variant="primary">
              Publish an event
            </LinkButton>
          ) : disabled ? (
            <ActivateButton endpointId={disabled.id} activate={activate} refresh={refresh} />
          ) : (
            <LinkButton href={`/endpoints/new?url=${encodeURIComponent(inbox.url)}`} variant="primary">
              Create an endpoint
            </LinkButton>
          )
        }
      >
        {isOn
          ? "An endpoint sends here. Publish an event that it subscribes to; it appears here by itself."
          : disabled
            ? "The endpoint is disabled. Activating it sends a signed test, which arrives here within a second."
            : "Give an endpoint this address as its URL, or send anything to it yourself."}
      </EmptyState>
      <CodePre
        title="By hand"
        label="the command"
        wrap
        text={`curl -X POST ${inbox.url} -H 'content-type: application/json' -d '{"hello":"inbox"}'`}
      />
    </div>
  );
}

function ActivateButton(props: { endpointId: string } & Pick<EmptyInboxProps, "activate" | "refresh">) {
  const [pending, setPending] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);
  async function press() {
    setPending(true);
    const result = await props.activate({ id: props.endpointId }).catch(() => null);
    if (result?.ok) await props.refresh();
    else setRefusal(result?.message ?? "That did not work. Nothing was changed; try again in a moment.");
    setPending(false);
  }
  return (
    <div className="grid justify-items-center gap-2">
      <Button variant="primary" pending={pending} onClick={() => void press()}>
        Activate the endpoint
      </Button>
      {refusal && (
        <p role="alert" className="text-sm text-danger-text">
          {refusal}
        </p>
      )}
    </div>
  );
}
