import { getReplayOperation } from "@/lib/schemas/operations/replays";
import { apiRoute } from "@/lib/server/http/api-route";
import { getReplay } from "@/lib/server/use-cases/get-replay";

export const GET = apiRoute(getReplayOperation, ({ deps, principal, params }) =>
  getReplay(deps, principal, params.id),
);
