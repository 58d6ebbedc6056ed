import { InboxRequestParams } from "@/lib/schemas/inbox";
import { internalRoute } from "@/lib/server/http/internal-route";
import { getInboxRequest } from "@/lib/server/use-cases/get-inbox-request";

export const GET = internalRoute(InboxRequestParams, ({ deps, principal, query }) =>
  getInboxRequest(deps, principal, query.id, query.requestId),
);
