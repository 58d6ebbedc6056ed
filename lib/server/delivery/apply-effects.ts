import "server-only";
import type { Effect, Lifecycle } from "@/lib/domain/endpoint-lifecycle";
import { encodeId } from "@/lib/domain/ids";
import type { AuditedChange } from "@/lib/server/db/audit";
import { insertAudit } from "@/lib/server/db/insert-audit";
import { insertTransitions, type LockedEndpoint } from "@/lib/server/db/lifecycles";
import { cancelValidations, discardOpen, holdPending, releaseHeld } from "@/lib/server/db/open-deliveries";
import type { Sql } from "@/lib/server/db/sql";
import { systemActor, type Actor } from "./engine";
import { addressEvent } from "./event-to-one";
import { fanOut } from "./fan-out";
import { enqueueNotice, type NoticeTools } from "./notices";
import { operationalData } from "./operational-data";

type Tools = NoticeTools;

/** Carries out what a rule decided, in the transaction that stores the lifecycle it decided. */
export async function applyEffects(
  tools: Tools,
  sql: Sql,
  endpoint: LockedEndpoint,
  { lifecycle, effects }: { lifecycle: Lifecycle; effects: readonly Effect[] },
  actor: Actor,
): Promise<void> {
  const now = tools.clock();
  // The sentence of the transition that a notice follows: what people read there is what they are told.
  let reason: string | null = null;
  for (const effect of effects) {
    switch (effect.type) {
      case "transition":
        reason = effect.detail ?? reason;
        await recordTransition(tools, sql, endpoint, effect, actor);
        break;
      case "start-validation":
        await cancelValidations(sql, endpoint.id, now);
        await startValidation(tools, sql, endpoint, actor);
        break;
      case "end-validation":
        await cancelValidations(sql, endpoint.id, now);
        break;
      case "hold-pending":
        await holdPending(sql, endpoint.id);
        break;
      case "release-held":
        await releaseHeld(sql, endpoint.id, now);
        break;
      case "discard-open":
        await discardOpen(sql, endpoint.id, now);
        break;
      case "emit":
        await emitAbout(tools, sql, endpoint, lifecycle, effect.eventType);
        break;
      case "notify":
        await enqueueNotice(tools, sql, endpoint, {
          kind: effect.notice,
          health: lifecycle.health,
          reason: reason ?? lifecycle.health.statusReason ?? "",
        });
        break;
    }
  }
}

async function recordTransition(
  tools: Tools,
  sql: Sql,
  endpoint: LockedEndpoint,
  { kind, from, to, reason, detail }: Extract<Effect, { type: "transition" }>,
  actor: Actor,
): Promise<void> {
  await insertTransitions(sql, [
    {
      id: tools.newId(),
      organizationId: endpoint.organizationId,
      endpointId: endpoint.id,
      kind,
      from,
      to,
      reason,
      detail,
      actor: actor.actor,
      actorLabel: actor.actorLabel,
      at: tools.clock(),
    },
  ]);
  // What a person or a key did is audited where they did it.
  if (actor.actor !== systemActor.actor || kind !== "state") return;
  const change: AuditedChange = {
    action: "endpoint.state_changed",
    target: encodeId("ep", endpoint.id),
    before: { state: from },
    after: { state: to, reason, detail: detail ?? null },
  };
  const system = { ...systemActor, organizationId: endpoint.organizationId, address: null, userAgent: null };
  await insertAudit(sql, system, change, tools.clock(), tools.newId());
}

/** The test event of catalog.md, to this endpoint alone. */
async function startValidation(
  tools: Tools,
  sql: Sql,
  endpoint: LockedEndpoint,
  { actor, actorLabel }: Actor,
): Promise<void> {
  await addressEvent(tools, sql, endpoint, {
    purpose: "validation",
    eventType: "developer.webhook.test",
    data: { webhookEndpoint: endpoint.url, username: actorLabel },
    requestedBy: actor,
  });
}

async function emitAbout(
  tools: Tools,
  sql: Sql,
  endpoint: LockedEndpoint,
  after: Lifecycle,
  eventType: Extract<Effect, { type: "emit" }>["eventType"],
): Promise<void> {
  const now = tools.clock();
  const dataText = JSON.stringify(operationalData(endpoint, after, eventType, now));
  const data: unknown = JSON.parse(dataText);
  await fanOut(tools, sql, endpoint.organizationId, [{ eventType, eventTimestamp: now, data, dataText }], {
    exceptEndpointId: endpoint.id,
  });
}
