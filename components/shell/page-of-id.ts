import { type LucideIcon, RadioTower, ScrollText, Webhook } from "lucide-react";
import { decodeId, type IdPrefix } from "@/lib/domain/ids";

const pages: readonly { prefix: IdPrefix; label: string; path: string; icon: LucideIcon }[] = [
  { prefix: "evt", label: "Open the event", path: "/events", icon: RadioTower },
  { prefix: "att", label: "Open the attempt", path: "/logs", icon: ScrollText },
  { prefix: "ep", label: "Open the endpoint", path: "/endpoints", icon: Webhook },
];

/** The page of an identifier that was pasted from a log, a request or an answer; null for any other text. */
export function pageOfId(text: string) {
  const id = text.trim();
  const page = pages.find(({ prefix }) => decodeId(prefix, id) !== null);
  return page ? { id, label: page.label, href: `${page.path}/${id}`, icon: page.icon } : null;
}
