import { NoticeListQuery } from "@/lib/schemas/notification";
import { internalRoute } from "@/lib/server/http/internal-route";
import { listNotices } from "@/lib/server/use-cases/list-notices";

export const GET = internalRoute(NoticeListQuery, ({ deps, principal, query }) =>
  listNotices(deps, principal, query),
);
