import { MeetingListQuery } from "@/lib/schemas/meeting";
import { internalRoute } from "@/lib/server/http/internal-route";
import { listMeetings } from "@/lib/server/use-cases/list-meetings";

export const GET = internalRoute(MeetingListQuery, ({ deps, principal, query }) =>
  listMeetings(deps, principal, query),
);
