import { counted } from "@/lib/format/numbers";
import type { ConfigurationChangeOut } from "@/lib/schemas/configuration-change";

type Published = ConfigurationChangeOut["events"];

/** What became of a change, as a sentence that follows on "Saved." */
export function publishedText(events: Published): string {
  const [first] = events;
  if (!first) return "Nothing was changed, so nothing was published.";
  const { eventType, deliveries } = first;
  const what = events.length === 1 ? eventType : `${counted(events.length, "event")} of ${eventType}`;
  if (events.every((event) => event.deliveries === 0))
    return `Published as ${what}; no endpoint receives it yet.`;
  const each = events.length === 1 ? "" : " each";
  if (events.every((event) => event.deliveries === deliveries)) {
    return `Published as ${what} to ${counted(deliveries, "endpoint")}${each}.`;
  }
  const all = events.reduce((sum, event) => sum + event.deliveries, 0);
  return `Published as ${what}, with ${counted(all, "delivery", "deliveries")} in all.`;
}

/** Where to look at what was published; null when that is nothing. */
export function publishedLink(events: Published): { label: string; href: string } | null {
  const [first, second] = events;
  if (!first) return null;
  if (!second) return { label: "See the event", href: `/events/${first.eventId}` };
  return { label: "See the events", href: `/events?eventType=${first.eventType}` };
}
