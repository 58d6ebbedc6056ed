import { cancelReplayOperation } from "@/lib/schemas/operations/replays";
import { apiRoute } from "@/lib/server/http/api-route";
import { cancelReplay } from "@/lib/server/use-cases/get-replay";

export const POST = apiRoute(cancelReplayOperation, ({ deps, principal, params }) =>
  cancelReplay(deps, principal, params.id),
);
