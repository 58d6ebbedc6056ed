import { developerEventTypes } from "@/lib/domain/catalog/developer";
import type { BuiltInGroup, EventTypeDefinition } from "@/lib/domain/catalog/event-type-definition";
import { organizationEventTypes } from "@/lib/domain/catalog/organization";
import { schedulingEventTypes } from "@/lib/domain/catalog/scheduling";
import { webhookEventTypes } from "@/lib/domain/catalog/webhook";

/** Every event type the platform itself knows, in the order in which pages list them. */
export const builtInEventTypes: readonly EventTypeDefinition[] = [
  ...schedulingEventTypes,
  ...organizationEventTypes,
  ...webhookEventTypes,
  ...developerEventTypes,
];

/** The built-in groups for people. */
export const builtInGroups: Readonly<Record<BuiltInGroup, { title: string; description: string }>> = {
  scheduling: { title: "Scheduling", description: "Meetings booked, moved and canceled." },
  organization: { title: "Configuration", description: "Who changed which of the organization's settings." },
  webhook: { title: "Operational", description: "How the organization's other endpoints are doing." },
  developer: { title: "Developer", description: "Tests of an endpoint." },
};

const byName = new Map(builtInEventTypes.map((definition) => [definition.name, definition]));

export function findBuiltIn(name: string): EventTypeDefinition | null {
  return byName.get(name) ?? null;
}

/** Whether a name lies in a namespace that is closed to registration, whether or not such a type exists. */
export function isReservedName(name: string): boolean {
  return Object.keys(builtInGroups).some((group) => name.startsWith(`${group}.`));
}

/** Whether clients may publish events of this name; `developer.*` and `webhook.*` come from the system alone. */
export function mayBePublished(name: string): boolean {
  return !name.startsWith("developer.") && !name.startsWith("webhook.");
}
