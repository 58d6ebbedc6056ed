import "server-only";
import { builtInEventTypes } from "@/lib/domain/catalog/built-in-event-types";
import { encodeId } from "@/lib/domain/ids";
import type { AttemptFilterOptions } from "@/lib/schemas/attempt";
import type { Deps } from "@/lib/server/deps";
import type { Principal } from "@/lib/server/principal";

/** More than this many endpoints are searched on their own page. */
const endpointsMax = 500;

/** What the log can be filtered by: endpoints (those deleted inside the retention as well) and event types. */
export async function listAttemptFilters(
  deps: Deps,
  { organizationId }: Principal,
): Promise<AttemptFilterOptions> {
  const oldest = new Date(deps.clock().getTime() - deps.settings.retentionMs);
  const [endpoints, own] = await Promise.all([
    deps.prisma.endpoint.findMany({
      where: { organizationId, OR: [{ deletedAt: null }, { deletedAt: { gte: oldest } }] },
      select: { id: true, url: true, description: true, deletedAt: true },
      orderBy: { id: "desc" },
      take: endpointsMax,
    }),
    deps.prisma.eventType.findMany({ where: { organizationId }, select: { name: true } }),
  ]);
  const names = [...builtInEventTypes, ...own].map(({ name }) => name);
  return {
    endpoints: endpoints.map(({ id, url, description, deletedAt }) => ({
      id: encodeId("ep", id),
      url,
      description,
      isDeleted: deletedAt !== null,
    })),
    eventTypes: [...new Set(names)].sort(),
  };
}
