import "server-only";
import type { EndpointColumns } from "@/lib/server/db/endpoints";
import type { Prisma } from "@/lib/server/db/generated/client";

/** Settings as the audit log keeps them: custom headers by their names alone. */
export function auditedSettings({
  headersSealed,
  ...columns
}: Partial<EndpointColumns>): Prisma.InputJsonObject {
  const values = headersSealed === undefined ? {} : { headerValues: "changed" };
  return { ...columns, ...values } as Prisma.InputJsonObject;
}
