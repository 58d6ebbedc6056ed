import { NoticeIdIn } from "@/lib/schemas/notification";
import { internalRoute } from "@/lib/server/http/internal-route";
import { getNotice } from "@/lib/server/use-cases/list-notices";

export const GET = internalRoute(NoticeIdIn, ({ deps, principal, query }) =>
  getNotice(deps, principal, query.id),
);
