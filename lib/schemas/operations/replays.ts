import { z } from "zod";
import { operation, type Operation } from "@/lib/schemas/operation";
import { idIn } from "@/lib/schemas/public-id";
import { ReplayDryRun, ReplayIn, ReplayOut, ReplayStarted } from "@/lib/schemas/replay";

export const startReplayOperation = operation({
  id: "startReplay",
  method: "post",
  path: "/endpoints/{id}/replay",
  scope: "deliveries:write",
  tag: "Replays",
  summary: "Make deliveries again",
  description:
    "Replayed deliveries have a lane of their own: live events are not delayed. An event that is on its way to the endpoint already is left out, so two replays at once never send it twice.",
  params: z.object({ id: idIn("endpoint") }),
  body: ReplayIn,
  answer: { status: 202, description: "The replay has started", schema: ReplayStarted },
  otherAnswers: [
    { status: 200, description: "With dryRun: what would be sent", schema: ReplayDryRun },
    { status: 409, description: "The endpoint is not active" },
  ],
});

export const getReplayOperation = operation({
  id: "getReplay",
  method: "get",
  path: "/replays/{id}",
  scope: "deliveries:read",
  tag: "Replays",
  summary: "How far a replay is",
  params: z.object({ id: idIn("replay") }),
  answer: { status: 200, description: "The replay", schema: ReplayOut },
});

export const cancelReplayOperation = operation({
  id: "cancelReplay",
  method: "post",
  path: "/replays/{id}/cancel",
  scope: "deliveries:write",
  tag: "Replays",
  summary: "Cancel what a replay has not sent yet",
  description: "What was sent stays sent, and a replay that is over stays as it ended.",
  params: z.object({ id: idIn("replay") }),
  answer: { status: 200, description: "The replay", schema: ReplayOut },
});

export const replayOperations: Operation[] = [
  startReplayOperation,
  getReplayOperation,
  cancelReplayOperation,
];
