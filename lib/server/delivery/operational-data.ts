import "server-only";
import type { Effect, Lifecycle } from "@/lib/domain/endpoint-lifecycle";
import { encodeId } from "@/lib/domain/ids";
import type { LockedEndpoint } from "@/lib/server/db/lifecycles";

/** The data of the operational events, as catalog.md describes them. */
export function operationalData(
  endpoint: Pick<LockedEndpoint, "id" | "url" | "lifecycle">,
  after: Lifecycle,
  eventType: Extract<Effect, { type: "emit" }>["eventType"],
  now: Date,
): Record<string, unknown> {
  const about = { endpointId: encodeId("ep", endpoint.id), endpointUrl: endpoint.url };
  switch (eventType) {
    case "webhook.activated":
      return { ...about, at: now };
    case "webhook.probation_started": {
      const { failingSince, disablesAt, statusReason } = after.health;
      return { ...about, failingSince, disablesAt, reason: statusReason };
    }
    case "webhook.recovered":
      return { ...about, failingSince: endpoint.lifecycle.health.failingSince, at: now };
    case "webhook.auto_disabled": {
      const { failingSince, memory } = after.health;
      return {
        ...about,
        reason: after.stateReason,
        failingSince,
        consecutiveFailures: memory.failureCount,
        at: now,
      };
    }
  }
}
