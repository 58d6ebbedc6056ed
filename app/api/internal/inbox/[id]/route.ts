import { InboxParams } from "@/lib/schemas/inbox";
import { internalRoute } from "@/lib/server/http/internal-route";
import { getInbox } from "@/lib/server/use-cases/get-inbox";

export const GET = internalRoute(InboxParams, ({ deps, principal, query }) =>
  getInbox(deps, principal, query.id),
);
