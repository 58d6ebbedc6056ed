"use client";

import { Trash2 } from "lucide-react";
import { useRouter } from "next/navigation";
import type { InboxActions } from "@/components/inbox/inbox-actions";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { CopyableId } from "@/components/ui/copyable-id";
import { PageHeader } from "@/components/ui/page-header";
import { StateDot } from "@/components/ui/state-dot";
import { TextLink } from "@/components/ui/text-link";
import { toast } from "@/components/ui/toast";
import type { Tone } from "@/components/ui/tone";
import type { InboxOut } from "@/lib/schemas/inbox";

type InboxHeaderProps = { inbox: InboxOut; actions: InboxActions; refresh: () => Promise<void> };

/** Name, address, the endpoints that send here, and the ways to empty or end it. */
export function InboxHeader({ inbox, actions, refresh }: InboxHeaderProps) {
  const router = useRouter();
  return (
    <PageHeader
      breadcrumbs={[{ label: "Test inbox", href: "/inbox" }]}
      title={inbox.name}
      description={
        <div className="grid justify-items-start gap-1">
          <CopyableId id={inbox.url} full />
          <SendingEndpoints inbox={inbox} />
        </div>
      }
      actions={
        <>
          <ConfirmDialog
            title="Empty this inbox?"
            description="What it shows is forgotten. The attempts that led here stay in the logs."
            confirmLabel="Empty it"
            trigger={<Button disabled={inbox.requestCount === 0}>Empty</Button>}
            onConfirm={async () => {
              const result = await actions.clear({ id: inbox.id });
              if (!result.ok) return result.message;
              await refresh();
            }}
          />
          <ConfirmDialog
            danger
            title="Delete this inbox?"
            description={deletionWords(inbox)}
            confirmLabel="Delete inbox"
            trigger={
              <Button variant="danger-quiet">
                <Trash2 aria-hidden />
                Delete
              </Button>
            }
            onConfirm={async () => {
              const result = await actions.remove({ id: inbox.id });
              if (!result.ok) return result.message;
              toast.success(`${inbox.name} was deleted`);
              router.push("/inbox");
            }}
          />
        </>
      }
    />
  );
}

function deletionWords({ endpoints }: InboxOut): string {
  const lost = "All it received goes with it, and its address answers 404 from then on.";
  return endpoints.length === 0
    ? lost
    : `${lost} The endpoints that send here will fail; they are not deleted.`;
}

const stateTones: Record<InboxOut["endpoints"][number]["state"], Tone> = {
  active: "success",
  validating: "info",
  disabled: "neutral",
};

function SendingEndpoints({ inbox: { endpoints } }: { inbox: InboxOut }) {
  if (endpoints.length === 0) return <p>No endpoint sends here. Give one this address as its URL.</p>;
  return (
    <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
      <span>From</span>
      {endpoints.map(({ id, description, state }) => (
        <span key={id} className="inline-flex min-w-0 items-center gap-1.5">
          <StateDot tone={stateTones[state]} />
          <TextLink href={`/endpoints/${id}`}>{description || id}</TextLink>
          <span className="text-xs">({state})</span>
        </span>
      ))}
    </p>
  );
}
