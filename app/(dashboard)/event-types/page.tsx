import { Plus } from "lucide-react";
import type { Metadata } from "next";
import { type CatalogGroup, EventTypeCatalog } from "@/components/event-types/event-type-catalog";
import { Callout } from "@/components/ui/callout";
import { LinkButton } from "@/components/ui/link-button";
import { PageHeader } from "@/components/ui/page-header";
import { builtInGroups } from "@/lib/domain/catalog/built-in-event-types";
import type { EventTypeOut } from "@/lib/schemas/event-type";
import { requireUser } from "@/lib/server/auth/session";
import { getDeps } from "@/lib/server/deps";
import { isAdmin } from "@/lib/server/principal";
import { listAllEventTypes } from "@/lib/server/use-cases/list-event-types";

export const metadata: Metadata = { title: "Event types" };

export default async function EventTypesPage() {
  const user = await requireUser();
  const types = await listAllEventTypes(getDeps(), user);
  const hasOwn = types.some(({ builtIn }) => !builtIn);
  return (
    <>
      <PageHeader
        title="Event types"
        description="What endpoints can subscribe to: what each type says, the shape of its data, and an example."
        actions={isAdmin(user) && <NewTypeButton />}
      />
      {!hasOwn && isAdmin(user) && (
        <Callout className="mb-5" title="Only built-in types so far" actions={<NewTypeButton size="sm" />}>
          Register what your product emits, with a JSON Schema that every event of the type is checked
          against.
        </Callout>
      )}
      <EventTypeCatalog groups={catalogGroups(types)} />
    </>
  );
}

function NewTypeButton({ size }: { size?: "sm" }) {
  return (
    <LinkButton href="/event-types/new" variant={size ? "secondary" : "primary"} size={size}>
      <Plus aria-hidden />
      New event type
    </LinkButton>
  );
}

/** The organization's own types first, then the built-in groups. */
function catalogGroups(types: readonly EventTypeOut[]): CatalogGroup[] {
  const own = types.filter(({ builtIn }) => !builtIn);
  const ofGroup = (group: string) => types.filter((type) => type.builtIn && type.group === group);
  return [
    { title: "Your own", description: "Registered by this organization.", types: entries(own) },
    ...Object.entries(builtInGroups)
      .sort(([a], [b]) => firstIndex(types, a) - firstIndex(types, b))
      .map(([group, words]) => ({ ...words, types: entries(ofGroup(group)) })),
  ];
}

function firstIndex(types: readonly EventTypeOut[], group: string): number {
  return types.findIndex((type) => type.builtIn && type.group === group);
}

/** Schemas and examples stay on the server: the list shows none. */
function entries(types: readonly EventTypeOut[]) {
  return types.map(({ name, description, deprecated }) => ({ name, description, deprecated }));
}
