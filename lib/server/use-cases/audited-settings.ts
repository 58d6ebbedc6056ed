import "server-only";
import type { EndpointColumns } from "@/lib/server/db/endpoints";
import type { Prisma } from "@/lib/server/db/generated/client";

/** Settings as the audit log keeps them: custom headers by their names, and a word in the place of their values. */
export function auditedSettings(
  { headersSealed, ...columns }: Partial<EndpointColumns>,
  word: "changed" | "not shown" = "changed",
): Prisma.InputJsonObject {
  const values = headersSealed === undefined ? {} : { headerValues: headersSealed === null ? "none" : word };
  return { ...columns, ...values } as Prisma.InputJsonObject;
}
