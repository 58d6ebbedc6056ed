import "server-only";
import { encodeId } from "@/lib/domain/ids";
import { EventTypeIn } from "@/lib/schemas/event-type";
import { ReplayIn } from "@/lib/schemas/replay";
import { scopes } from "@/lib/schemas/scopes";
import { hashApiKey } from "@/lib/server/auth/api-key";
import { DeliveryWorker } from "@/lib/server/delivery/worker";
import type { Deps } from "@/lib/server/deps";
import type { Principal } from "@/lib/server/principal";
import { publishText } from "@/lib/server/testing/publish-text";
import { createTestPrincipal } from "@/lib/server/testing/test-deps";
import { createTestEndpoint } from "@/lib/server/testing/test-endpoint";
import { createApiKey } from "@/lib/server/use-cases/create-api-key";
import { createEventType } from "@/lib/server/use-cases/create-event-type";
import { listEndpointAttempts } from "@/lib/server/use-cases/list-attempts";
import { listEvents } from "@/lib/server/use-cases/list-events";
import { startReplay } from "@/lib/server/use-cases/start-replay";
import type { FuzzWorld } from "./request-arbitrary";
import type { Vocabulary } from "./schema-arbitrary";

/** An event type whose schema is worth checking data against. */
const ownType = {
  name: "orders.order.placed",
  schema: {
    type: "object",
    properties: { id: { type: "string" }, total: { type: "number" } },
    required: ["id"],
  },
  example: { id: "ord_1", total: 4.5 },
};

/** An organization with one of everything, and another one that it must never hear of. */
export async function createFuzzWorld(deps: Deps, receiverUrl: string): Promise<FuzzWorld> {
  const foreign = await populate(deps, await createTestPrincipal(deps), receiverUrl);
  const principal = await createTestPrincipal(deps);
  const own = await populate(deps, principal, receiverUrl);
  const { key } = await createApiKey(deps, principal, { name: "Every scope", scopes: [...scopes] });
  return {
    key,
    otherKeys: await refusedKeys(deps, principal),
    own,
    foreign,
    words: wordsOf(own, receiverUrl),
  };
}

async function refusedKeys(deps: Deps, principal: Principal): Promise<string[]> {
  const narrow = await createApiKey(deps, principal, { name: "Narrow", scopes: ["events:write"] });
  const revoked = await createApiKey(deps, principal, { name: "Revoked", scopes: [...scopes] });
  const keyHash = Uint8Array.from(hashApiKey(revoked.key));
  await deps.prisma.apiKey.update({ where: { keyHash }, data: { revokedAt: deps.clock() } });
  return ["phk_unknown", narrow.key, revoked.key];
}

/** Two endpoints of which one fails, events to both, a replay that is not done, types with and without events. */
async function populate(deps: Deps, principal: Principal, receiverUrl: string): Promise<Vocabulary> {
  const { organizationId } = principal;
  const once = { retrySchedule: [], defaultSchedule: false };
  const good = await createTestEndpoint(deps, organizationId, `${receiverUrl}?good`, once);
  const bad = await createTestEndpoint(deps, organizationId, `${receiverUrl}?bad`, once);
  for (const name of ["orders.order.unused", ownType.name]) {
    await createEventType(deps, principal, EventTypeIn.parse({ ...ownType, name }));
  }
  const body = JSON.stringify({ eventType: ownType.name, data: ownType.example });
  for (let count = 0; count < 3; count += 1) await publishText(deps, principal, body);
  await new DeliveryWorker(deps).drain(10_000);
  const since = new Date(deps.clock().getTime() - 3_600_000).toISOString();
  const wanted = ReplayIn.parse({ since, scope: "all", perSecond: 0.001 });
  const { replayId } = await startReplay(deps, principal, good.id, wanted);
  const events = await listEvents(deps, principal, { limit: 10 });
  const attempts = await listEndpointAttempts(deps, principal, bad.id, { limit: 10 });
  return {
    ep: [encodeId("ep", good.id), encodeId("ep", bad.id)],
    evt: events.items.map(({ id }) => id),
    dlv: attempts.items.map(({ deliveryId }) => deliveryId),
    att: attempts.items.map(({ id }) => id),
    rpl: [replayId],
    name: ["orders.order.unused", ownType.name],
  };
}

/** What a client that means it would send: names that exist, URLs that may be called, times near now. */
function wordsOf(own: Vocabulary, receiverUrl: string): Vocabulary {
  return {
    eventType: [ownType.name, "scheduling.smartscheduler.scheduled", "developer.webhook.test"],
    eventTypes: ["*", "orders.*", ownType.name],
    url: [receiverUrl, `${receiverUrl}?another`, "https://hooks.example.com/", "http://localhost:1/"],
    name: [...(own.name ?? []), "orders.order.shipped", "webhook.activated"],
    since: [new Date(Date.now() - 3_600_000).toISOString()],
    retrySchedule: ["1m", "2h", "0ms"],
    statusCode: ["5xx", "200", "0", "404,5xx"],
    challengeHeader: ["x-challenge", "webhook-id", "host"],
  };
}
