import { AuditQuery } from "@/lib/schemas/audit";
import { internalRoute } from "@/lib/server/http/internal-route";
import { listAudit } from "@/lib/server/use-cases/list-audit";

export const GET = internalRoute(AuditQuery, ({ deps, principal, query }) =>
  listAudit(deps, principal, query),
);
