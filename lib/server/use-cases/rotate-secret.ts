import "server-only";
import { randomBytes } from "node:crypto";
import { encodeId } from "@/lib/domain/ids";
import { validSecretsMax } from "@/lib/domain/limits";
import { newSecret } from "@/lib/domain/signature";
import type { RotateSecretIn, SecretOut } from "@/lib/schemas/endpoint-secret";
import { AppError, notFound } from "@/lib/server/app-error";
import { recordAudit, type AuditedChange } from "@/lib/server/db/audit";
import { endSecretsBy, insertEndpointSecret, listEndpointSecrets } from "@/lib/server/db/endpoint-secrets";
import { raiseEndpointVersion } from "@/lib/server/db/endpoints";
import { lockEndpoint } from "@/lib/server/db/lifecycles";
import type { Deps } from "@/lib/server/deps";
import type { Principal } from "@/lib/server/principal";
import { secretContext } from "@/lib/server/sealing";
import { openSecrets } from "./show-secret";

/**
 * A new secret; the earlier ones sign as well for the overlap and no longer, so that an overlap of 0 ends whatever
 * leaked. Throws 404, and 409 when too many secrets would be valid at once.
 */
export async function rotateSecret(
  deps: Deps,
  principal: Principal,
  id: string,
  { overlapSeconds }: RotateSecretIn,
): Promise<SecretOut> {
  const { organizationId } = principal;
  return deps.transaction(async ({ prisma, sql }) => {
    if (!(await lockEndpoint(sql, organizationId, id))) throw notFound("endpoint");
    const now = deps.clock();
    const until = new Date(now.getTime() + overlapSeconds * 1000);
    await endSecretsBy(prisma, organizationId, id, { until, now });
    const earlier = await listEndpointSecrets(prisma, organizationId, id, now);
    if (earlier.length >= validSecretsMax) {
      throw new AppError(
        409,
        `${validSecretsMax} secrets of this endpoint are valid already. Rotate with a shorter overlap to end them sooner.`,
      );
    }
    await insertEndpointSecret(prisma, organizationId, {
      id: deps.newId(),
      endpointId: id,
      sealed: deps.sealer.seal(newSecret(randomBytes(32)), secretContext(id)),
      createdAt: now,
    });
    await raiseEndpointVersion(prisma, organizationId, id, now);
    const change: AuditedChange = {
      action: "endpoint.secret_rotated",
      target: encodeId("ep", id),
      after: { overlapSeconds, validSecrets: earlier.length + 1 },
    };
    await recordAudit(prisma, principal, change, now, deps.newId());
    return openSecrets(deps, principal, prisma, id);
  });
}
