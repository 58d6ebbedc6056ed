import "server-only";
import { encodeId } from "@/lib/domain/ids";
import type { SecretOut } from "@/lib/schemas/endpoint-secret";
import { notFound } from "@/lib/server/app-error";
import { recordAudit, type AuditedChange } from "@/lib/server/db/audit";
import { listEndpointSecrets } from "@/lib/server/db/endpoint-secrets";
import { findEndpoint } from "@/lib/server/db/endpoints";
import type { Transaction } from "@/lib/server/db/sql";
import type { Deps } from "@/lib/server/deps";
import type { Principal } from "@/lib/server/principal";
import { secretContext } from "@/lib/server/sealing";

/** The secrets that sign requests now, in the clear. Who looked is written down. Throws 404. */
export async function showSecret(deps: Deps, principal: Principal, id: string): Promise<SecretOut> {
  return deps.transaction(async ({ prisma }) => {
    if (!(await findEndpoint(prisma, principal.organizationId, id))) throw notFound("endpoint");
    const change: AuditedChange = { action: "endpoint.secret_shown", target: encodeId("ep", id) };
    await recordAudit(prisma, principal, change, deps.clock(), deps.newId());
    return openSecrets(deps, principal, prisma, id);
  });
}

/** The endpoint's valid secrets, opened. */
export async function openSecrets(
  { clock, sealer }: Deps,
  { organizationId }: Principal,
  prisma: Transaction["prisma"],
  id: string,
): Promise<SecretOut> {
  const [current, ...previous] = await listEndpointSecrets(prisma, organizationId, id, clock());
  if (!current) throw new Error("An endpoint has no secret");
  const open = (sealed: string) => sealer.open(sealed, secretContext(id));
  return {
    secret: open(current.sealed),
    previous: previous.flatMap(({ sealed, expiresAt }) =>
      expiresAt === null ? [] : [{ secret: open(sealed), expiresAt: expiresAt.toISOString() }],
    ),
  };
}
