import "server-only";
import { builtInEventTypes } from "@/lib/domain/catalog/built-in-event-types";
import { groupOfEventType } from "@/lib/domain/event-type-name";
import type { EventTypeOut } from "@/lib/schemas/event-type";
import type { Page, PageQuery } from "@/lib/schemas/paging";
import { listOwnEventTypeNames, listOwnEventTypes, type OwnEventType } from "@/lib/server/db/event-types";
import type { EventTypeDefinition } from "@/lib/domain/catalog/event-type-definition";
import type { Deps } from "@/lib/server/deps";
import type { Principal } from "@/lib/server/principal";
import { foreignCursor } from "./paging";

/** The organization's own types by name, then the built-in ones in the order of the catalog. */
export async function listAllEventTypes(deps: Deps, { organizationId }: Principal): Promise<EventTypeOut[]> {
  const own = await listOwnEventTypes(deps.sql, organizationId);
  return [...own.map(ownEventTypeOut), ...builtInEventTypes.map(builtInEventTypeOut)];
}

/** As `listAllEventTypes`, in pages. Throws 422 for a cursor that is none. */
export async function listEventTypes(
  deps: Deps,
  principal: Principal,
  { limit, cursor }: PageQuery,
): Promise<Page<EventTypeOut>> {
  const all = await listAllEventTypes(deps, principal);
  const before = cursor === undefined ? -1 : all.findIndex(({ name }) => name === cursor);
  if (cursor !== undefined && before === -1) throw foreignCursor();
  const items = all.slice(before + 1, before + 1 + limit);
  const hasMore = before + 1 + limit < all.length;
  return { items, nextCursor: hasMore ? items.at(-1)!.name : null };
}

/** Every name that an endpoint of the organization may subscribe to. */
export async function listEventTypeNames(
  deps: Pick<Deps, "sql">,
  { organizationId }: Pick<Principal, "organizationId">,
): Promise<string[]> {
  const own = await listOwnEventTypeNames(deps.sql, organizationId);
  return [...own, ...builtInEventTypes.map(({ name }) => name)];
}

export function ownEventTypeOut({
  name,
  description,
  schema,
  example,
  deprecatedAt,
}: OwnEventType): EventTypeOut {
  const deprecated = deprecatedAt !== null;
  return { name, group: groupOfEventType(name), description, schema, example, builtIn: false, deprecated };
}

export function builtInEventTypeOut(definition: EventTypeDefinition): EventTypeOut {
  const { name, group, description, schema, example } = definition;
  return { name, group, description, schema, example, builtIn: true, deprecated: false };
}
