"use server";

import { z } from "zod";
import { idIn } from "@/lib/schemas/public-id";
import { ReplayIn } from "@/lib/schemas/replay";
import { userAction } from "@/lib/server/http/user-action";
import { cancelReplay } from "@/lib/server/use-cases/get-replay";
import { dryRunReplay, startReplay } from "@/lib/server/use-cases/start-replay";

const OfEndpoint = z.object({ endpointId: idIn("endpoint"), replay: ReplayIn });

const count = userAction(OfEndpoint, ({ deps, principal, input }) =>
  dryRunReplay(deps, principal, input.endpointId, input.replay),
);

const start = userAction(OfEndpoint, ({ deps, principal, input }) =>
  startReplay(deps, principal, input.endpointId, input.replay),
);

const cancel = userAction(z.object({ id: idIn("replay") }), ({ deps, principal, input }) =>
  cancelReplay(deps, principal, input.id),
);

type ReplayInput = z.input<typeof ReplayIn>;

export async function countReplayAction(endpointId: string, replay: ReplayInput) {
  return count({ endpointId, replay });
}

export async function startReplayAction(endpointId: string, replay: ReplayInput) {
  return start({ endpointId, replay });
}

export async function cancelReplayAction(id: string) {
  return cancel({ id });
}
