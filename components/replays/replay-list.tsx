"use client";

import { useQuery } from "@tanstack/react-query";
import { spellTimeLeft } from "@/components/replays/spell-time-left";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { useClock } from "@/components/ui/clock";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Meter } from "@/components/ui/meter";
import { Timestamp } from "@/components/ui/timestamp";
import type { Tone } from "@/components/ui/tone";
import { formatCount } from "@/lib/format/numbers";
import { replayQueries } from "@/lib/queries/replays";
import type { ActionResult } from "@/lib/schemas/action-result";
import type { ReplayOut } from "@/lib/schemas/replay";

export type CancelReplay = (id: string) => Promise<ActionResult<ReplayOut>>;

type ReplayListProps = { id: string; cancel: CancelReplay; onCanceled: () => Promise<void> };

const scopeWords = { failed: "Given up", missed: "Never sent", all: "Everything" };
const states: Record<ReplayOut["state"], { label: string; tone: Tone }> = {
  running: { label: "Running", tone: "info" },
  completed: { label: "Completed", tone: "success" },
  canceled: { label: "Canceled", tone: "neutral" },
};

/** The endpoint's replays with how far they are, live; nothing at all while there is none. */
export function ReplayList({ id, cancel, onCanceled }: ReplayListProps) {
  const { data: replays = [] } = useQuery(replayQueries.list(id));
  if (replays.length === 0) return null;
  return (
    <Card title="Replays">
      <ul className="grid gap-5">
        {replays.map((replay) => (
          <li key={replay.id}>
            <ReplayItem replay={replay} cancel={cancel} onCanceled={onCanceled} />
          </li>
        ))}
      </ul>
    </Card>
  );
}

function ReplayItem({ replay, cancel, onCanceled }: { replay: ReplayOut } & Omit<ReplayListProps, "id">) {
  const done = replay.matched - replay.queued;
  return (
    <div className="grid gap-2">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1 text-sm">
        <Badge tone={states[replay.state].tone}>{states[replay.state].label}</Badge>
        <span className="font-medium">{scopeWords[replay.scope]}</span>
        <span className="text-muted">
          by {replay.requestedBy}, <Timestamp at={replay.startedAt} />
        </span>
        {replay.state === "running" && (
          <span className="ml-auto">
            <ConfirmDialog
              title="Cancel this replay?"
              description="What was not sent yet will not be. It stays in the list of what was not delivered."
              confirmLabel="Cancel the replay"
              trigger={
                <Button size="sm" variant="danger-quiet">
                  Cancel
                </Button>
              }
              onConfirm={async () => {
                const result = await cancel(replay.id);
                if (!result.ok) return result.message;
                await onCanceled();
              }}
            />
          </span>
        )}
      </div>
      <Meter
        label={`Replay of ${formatCount(replay.matched)}`}
        labelHidden
        max={replay.matched}
        segments={[
          { value: replay.succeeded, tone: "success", label: "delivered" },
          { value: replay.failed, tone: "danger", label: "failed" },
          { value: replay.canceled, tone: "neutral", label: "canceled" },
        ]}
      />
      <p className="text-xs text-muted tabular-nums">
        {formatCount(done)} of {formatCount(replay.matched)}: {formatCount(replay.succeeded)} delivered,{" "}
        {formatCount(replay.failed)} failed, {formatCount(replay.canceled)} canceled
        {replay.state === "running" && <TimeLeft replay={replay} />}
      </p>
    </div>
  );
}

/** An estimate from the pace so far. */
function TimeLeft({ replay }: { replay: ReplayOut }) {
  const text = useClock((nowMs) => spellTimeLeft(replay, nowMs));
  return <>, {text}</>;
}
