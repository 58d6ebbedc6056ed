import { type AuditAction, auditActions } from "@/lib/domain/audit-actions";
import type { Tone } from "@/components/ui/tone";

/** Entries of an action that is not known any more keep its name. */
export function actionLabel(action: string): string {
  return auditActions[action as AuditAction] ?? action;
}

/** Red: something ended. Amber: a secret or a password. Everything else is calm. */
export function actionTone(action: string): Tone {
  if (/secret|password|api_key|setup_link|resealed/.test(action)) return "warning";
  if (/deleted|removed|revoked|withdrawn|disabled|cleared|canceled/.test(action)) return "danger";
  return /created|joined|activated|started|published|\.scheduled/.test(action) ? "success" : "neutral";
}

const groups: Record<string, string> = {
  session: "Sign-in",
  account: "Account",
  api_key: "API keys",
  meeting: "Meetings",
  event_type: "Event types",
  inbox: "Test inboxes",
  delivery: "Deliveries",
  event: "Events",
  instance: "Instance",
  notification: "Notifications",
  endpoint: "Endpoints",
  member: "Members",
  invitation: "Invitations",
  organization: "Organization",
  service_account: "Service accounts",
};

export const actionOptions = Object.entries(auditActions).map(([value, label]) => ({
  value,
  label,
  group: groups[value.split(".")[0] ?? ""] ?? "Other",
}));

/** Where the thing that was changed is shown; null where there is no page of it, or it was deleted. */
export function targetHref(action: string, target: string): string | null {
  if (action.endsWith(".deleted")) return null;
  if (target.startsWith("ep_")) return `/endpoints/${target}`;
  if (target.startsWith("evt_")) return `/events/${target}`;
  if (target.startsWith("inb_")) return `/inbox/${target}`;
  if (target.startsWith("mtg_")) return `/scheduler/${target}`;
  if (target.startsWith("sva_")) return `/settings/service-accounts/${target}`;
  return action.startsWith("event_type.") ? `/event-types/${target}` : null;
}
