import { changeLabels } from "@/components/scheduler/meeting-words";
import { Callout } from "@/components/ui/callout";
import { LinkButton } from "@/components/ui/link-button";
import { counted } from "@/lib/format/numbers";
import type { MeetingChangeOut } from "@/lib/schemas/meeting";

/** After a change: what was published, and to whom. */
export function PublishedNote({ change }: { change: MeetingChangeOut }) {
  const { kind, eventType, eventId, deliveryCount } = change;
  return (
    <Callout
      tone="success"
      live
      title={changeLabels[kind]}
      className="mb-5"
      actions={eventId && <LinkButton href={`/events/${eventId}`}>Open the event</LinkButton>}
    >
      Published as <code className="font-mono text-xs">{eventType}</code>{" "}
      {deliveryCount === 0
        ? "to no endpoint: none is subscribed to it."
        : `to ${counted(deliveryCount, "endpoint")}.`}
    </Callout>
  );
}
