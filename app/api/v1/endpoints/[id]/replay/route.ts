import { startReplayOperation } from "@/lib/schemas/operations/replays";
import { apiRoute } from "@/lib/server/http/api-route";
import { dryRunReplay, startReplay } from "@/lib/server/use-cases/start-replay";

export const POST = apiRoute(startReplayOperation, async ({ deps, principal, params, input }) =>
  input.dryRun
    ? Response.json(await dryRunReplay(deps, principal, params.id, input))
    : startReplay(deps, principal, params.id, input),
);
