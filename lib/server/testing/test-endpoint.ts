import "server-only";
import { randomBytes } from "node:crypto";
import type { Prisma } from "@/lib/server/db/generated/client";
import { newSecret } from "@/lib/domain/signature";
import type { Deps } from "@/lib/server/deps";
import { secretContext } from "@/lib/server/sealing";

export interface TestEndpoint {
  id: string;
  secret: string;
}

/** An endpoint in any state, without the use-cases that would lead there. Active and healthy unless said otherwise. */
export async function createTestEndpoint(
  deps: Deps,
  organizationId: string,
  url: string,
  changes: Partial<Prisma.EndpointUncheckedCreateInput> = {},
): Promise<TestEndpoint> {
  const id = deps.newId();
  const now = deps.clock();
  const state = changes.state ?? "active";
  await deps.prisma.endpoint.create({
    data: {
      id,
      organizationId,
      url,
      eventTypes: ["*"],
      state,
      stateSince: now,
      activatedAt: state === "active" ? new Date(now.getTime() - 1) : null,
      validatingUntil: state === "validating" ? new Date(now.getTime() + 60_000) : null,
      failurePolicy: { preset: "chronic" },
      createdAt: now,
      updatedAt: now,
      ...changes,
    },
  });
  const secret = newSecret(randomBytes(32));
  await deps.prisma.endpointSecret.create({
    data: {
      id: deps.newId(),
      organizationId,
      endpointId: id,
      sealed: deps.sealer.seal(secret, secretContext(id)),
      createdAt: now,
    },
  });
  return { id, secret };
}
