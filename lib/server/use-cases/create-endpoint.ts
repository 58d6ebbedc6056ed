import "server-only";
import { randomBytes } from "node:crypto";
import { encodeId } from "@/lib/domain/ids";
import { endpointsMax } from "@/lib/domain/limits";
import { newSecret } from "@/lib/domain/signature";
import type { EndpointIn, SavedEndpointOut } from "@/lib/schemas/endpoint";
import { limitReached } from "@/lib/server/app-error";
import { recordAudit } from "@/lib/server/db/audit";
import { insertEndpointSecret } from "@/lib/server/db/endpoint-secrets";
import {
  insertEndpoint,
  lockAndCountEndpoints,
  type EndpointColumns,
  type EndpointRow,
} from "@/lib/server/db/endpoints";
import { insertTransitions } from "@/lib/server/db/lifecycles";
import type { Transaction } from "@/lib/server/db/sql";
import type { Deps } from "@/lib/server/deps";
import type { Principal } from "@/lib/server/principal";
import { secretContext } from "@/lib/server/sealing";
import { auditedSettings } from "./audited-settings";
import { checkEventTypes, checkUrl } from "./check-endpoint-input";
import { changedColumns, defaultColumns } from "./endpoint-columns";
import { toSavedEndpointOut } from "./endpoint-out";

/**
 * A new endpoint, disabled, with a secret of its own. Throws 422 for a URL that may not be called or event types that
 * do not exist, and 409 beyond `endpointsMax`.
 */
export async function createEndpoint(
  deps: Deps,
  principal: Principal,
  input: EndpointIn,
): Promise<SavedEndpointOut> {
  const endpoint = await checkNewEndpoint(deps, input);
  const row = await deps.transaction((transaction) => storeEndpoint(deps, principal, transaction, endpoint));
  return toSavedEndpointOut(row, deps.settings, endpoint.warnings);
}

export interface NewEndpoint {
  id: string;
  columns: EndpointColumns;
  warnings: string[];
}

/** What can be said of it without the database. Asks the resolver: not inside a transaction. Throws 422. */
export async function checkNewEndpoint(
  deps: Deps,
  { url: urlText, ...settings }: EndpointIn,
): Promise<NewEndpoint> {
  const { url, warnings } = await checkUrl(deps, urlText);
  const id = deps.newId();
  const stored = { ...defaultColumns, url };
  return { id, columns: { ...stored, ...changedColumns(deps, id, stored, settings) }, warnings };
}

/** Throws 422 for event types that do not exist, and 409 beyond `endpointsMax`. */
export async function storeEndpoint(
  deps: Deps,
  principal: Principal,
  { prisma, sql }: Transaction,
  { id, columns }: NewEndpoint,
): Promise<EndpointRow> {
  const { organizationId, userId, actor, actorLabel } = principal;
  const now = deps.clock();
  if ((await lockAndCountEndpoints(prisma, sql, organizationId)) >= endpointsMax) {
    throw limitReached("endpoints", endpointsMax, "Delete one first.");
  }
  await checkEventTypes({ sql }, principal, columns.eventTypes);
  const created = await insertEndpoint(prisma, organizationId, columns, { id, createdBy: userId, now });
  await insertEndpointSecret(prisma, organizationId, {
    id: deps.newId(),
    endpointId: id,
    sealed: deps.sealer.seal(newSecret(randomBytes(32)), secretContext(id)),
    createdAt: now,
  });
  const change = { kind: "state", from: null, to: "disabled", reason: "created", detail: null } as const;
  await insertTransitions(sql, [
    { id: deps.newId(), organizationId, endpointId: id, ...change, actor, actorLabel, at: now },
  ]);
  const target = encodeId("ep", id);
  const after = auditedSettings(columns);
  await recordAudit(prisma, principal, { action: "endpoint.created", target, after }, now, deps.newId());
  return created;
}
