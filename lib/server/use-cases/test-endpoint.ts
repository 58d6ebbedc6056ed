import "server-only";
import { findBuiltIn } from "@/lib/domain/catalog/built-in-event-types";
import { builtInDataProblems } from "@/lib/domain/catalog/check-data";
import { compileSchema } from "@/lib/domain/event-type-schema";
import { encodeId } from "@/lib/domain/ids";
import type { Problem } from "@/lib/domain/problem";
import type { EndpointTestIn } from "@/lib/schemas/endpoint-test";
import { AppError, invalid, notFound } from "@/lib/server/app-error";
import type { AuditedChange } from "@/lib/server/db/audit";
import { insertAudit } from "@/lib/server/db/insert-audit";
import type { EndpointRow } from "@/lib/server/db/endpoints";
import { findOwnEventType } from "@/lib/server/db/event-types";
import { lockEndpoint } from "@/lib/server/db/lifecycles";
import { sqlTransaction } from "@/lib/server/db/sql";
import { attemptNow, leaseForNow, type LeasedForNow } from "@/lib/server/delivery/attempt-now";
import { addressEvent } from "@/lib/server/delivery/event-to-one";
import type { Deps } from "@/lib/server/deps";
import type { Principal } from "@/lib/server/principal";
import { requireEndpoint } from "./get-endpoint";

const defaultType = "developer.webhook.test";

/**
 * Sends one attempt now and returns its UUID. Never retried, never counted for health, and allowed in every state: a
 * disabled endpoint is tested before it is activated. Throws 404, 422 for an unknown type or data that does not satisfy
 * its schema, and 409 when the endpoint's secrets were sealed with a key that this process does not have.
 */
export async function testEndpoint(
  deps: Deps,
  principal: Principal,
  id: string,
  { eventType = defaultType, data }: EndpointTestIn,
): Promise<string> {
  const endpoint = await requireEndpoint(deps, principal, id);
  const sent = await testData(deps, principal, endpoint, eventType, data);
  const attemptId = await attemptNow(deps, await storeTest(deps, principal, id, eventType, sent));
  if (attemptId !== null) return attemptId;
  await requireEndpoint(deps, principal, id);
  throw new AppError(409, "Nothing was sent: the endpoint's URL or its secrets cannot be read here.");
}

async function testData(
  deps: Deps,
  { organizationId, actorLabel }: Principal,
  endpoint: EndpointRow,
  eventType: string,
  data: EndpointTestIn["data"],
): Promise<unknown> {
  const builtIn = findBuiltIn(eventType);
  if (builtIn) {
    const filledIn = { webhookEndpoint: endpoint.url, username: actorLabel };
    if (data === undefined) return eventType === defaultType ? filledIn : builtIn.example;
    return checked(data, builtInDataProblems(eventType, data));
  }
  const own = await findOwnEventType(deps.sql, organizationId, eventType);
  if (!own) throw invalid([{ path: "eventType", message: "There is no event type of this name." }]);
  if (data === undefined) return own.example;
  const schema = compileSchema(own.schema);
  if ("problem" in schema)
    throw new AppError(409, `The schema of ${eventType} cannot be used: ${schema.problem}`);
  return checked(data, schema.validate(data));
}

function checked(data: unknown, problems: readonly Problem[]): unknown {
  if (problems.length > 0) throw invalid(problems);
  return data;
}

/** The endpoint is locked, so that its deletion finds the test, or the test finds it deleted. */
function storeTest(
  deps: Deps,
  principal: Principal,
  endpointId: string,
  eventType: string,
  data: unknown,
): Promise<LeasedForNow> {
  return sqlTransaction(deps.pool, async (sql) => {
    const endpoint = await lockEndpoint(sql, principal.organizationId, endpointId);
    if (!endpoint) throw notFound("endpoint");
    const test = { purpose: "test", eventType, data, requestedBy: principal.actor } as const;
    const deliveryId = await addressEvent(deps, sql, endpoint, test);
    const after = { eventType, deliveryId: encodeId("dlv", deliveryId) };
    const change: AuditedChange = { action: "endpoint.tested", target: encodeId("ep", endpointId), after };
    await insertAudit(sql, principal, change, deps.clock(), deps.newId());
    return leaseForNow(sql, principal.organizationId, deliveryId);
  });
}
