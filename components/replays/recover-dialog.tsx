"use client";

import { RotateCcw } from "lucide-react";
import { type FormEvent, useEffect, useState } from "react";
import { recoverRanges } from "@/components/replays/recover-ranges";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Dialog, DialogFooter } from "@/components/ui/dialog";
import { Field, SelectField } from "@/components/ui/field";
import { RadioCards } from "@/components/ui/radio-cards";
import { SubmitButton } from "@/components/ui/submit-button";
import { toast } from "@/components/ui/toast";
import { counted, formatCount } from "@/lib/format/numbers";
import { type ActionResult, fieldErrors } from "@/lib/schemas/action-result";
import type { ReplayDryRun, Undelivered } from "@/lib/schemas/replay";
import type { z } from "zod";

export interface ReplayInput {
  since: string;
  scope: string;
  eventTypes?: string[];
  perSecond?: number;
  dryRun?: boolean;
}

type DryRun = z.output<typeof ReplayDryRun>;
export type CountReplay = (id: string, replay: ReplayInput) => Promise<ActionResult<DryRun>>;
export type StartReplay = (
  id: string,
  replay: ReplayInput,
) => Promise<ActionResult<{ replayId: string; matched: number }>>;

type RecoverDialogProps = {
  id: string;
  disabled: boolean;
  /** How long events are kept. */
  retentionMs: number;
  /** What was not delivered, as far as it is known; everything can be sent again in any case. */
  undelivered: Undelivered | undefined;
  count: CountReplay;
  start: StartReplay;
  onStarted: () => Promise<void>;
};

const unanswered = (message: string) => ({ ok: false as const, message, errors: [] });
const notCounted = unanswered("The server did not answer. Choose again in a moment.");
const notStarted = unanswered("The server did not answer. Look at the list of replays before you try again.");

const scopes = [
  {
    value: "missed",
    label: "Never sent",
    hint: "Published while the endpoint was disabled, or discarded then.",
  },
  { value: "failed", label: "Given up", hint: "Every attempt failed." },
  { value: "all", label: "Everything", hint: "Also what was delivered: the receiver gets it again." },
];

/** Chooses what to send again, says how much that is before anything is sent, and starts it. */
export function RecoverDialog({ disabled, undelivered, ...props }: RecoverDialogProps) {
  const [open, setOpen] = useState(false);
  const missed = undelivered?.missed.matched ?? 0;
  const failed = undelivered?.failed.matched ?? 0;
  return (
    <Dialog
      title="Recover events"
      description="They are sent behind live events and retries, which are not delayed. An event that is on its way already is left out."
      trigger={
        <Button variant={missed + failed > 0 ? "primary" : "secondary"} disabled={disabled}>
          <RotateCcw aria-hidden />
          Recover
        </Button>
      }
      open={open}
      onOpenChange={setOpen}
    >
      <RecoverForm
        {...props}
        firstScope={missed === 0 && failed > 0 ? "failed" : "missed"}
        close={() => setOpen(false)}
      />
    </Dialog>
  );
}

type FormProps = Omit<RecoverDialogProps, "disabled" | "undelivered"> & {
  /** What is chosen at first: a choice of which there is something. */
  firstScope: "missed" | "failed";
  close: () => void;
};

function RecoverForm({ id, retentionMs, firstScope, count, start, onStarted, close }: FormProps) {
  const ranges = recoverRanges(retentionMs);
  const [scope, setScope] = useState<string>(firstScope);
  const [rangeMs, setRangeMs] = useState(ranges.at(-1)?.value ?? "");
  const [types, setTypes] = useState("");
  const [rate, setRate] = useState("");
  const [pending, setPending] = useState(false);
  const [refusal, setRefusal] = useState<ActionResult | null>(null);
  const input = () => replayInput({ scope, rangeMs, types, rate });
  const verdict = useDryRun(id, count, { scope, rangeMs, types });

  async function submit(event: FormEvent) {
    event.preventDefault();
    setPending(true);
    const result = await start(id, input()).catch(() => notStarted);
    setPending(false);
    if (!result.ok) return setRefusal(result);
    toast.success(`${counted(result.value.matched, "event", "events")} will be sent again.`);
    await onStarted();
    close();
  }

  return (
    <form onSubmit={(event) => void submit(event)} className="grid gap-4">
      {refusal && !refusal.ok && (
        <Callout tone="danger" live>
          {refusal.message}
        </Callout>
      )}
      <RadioCards name="scope" legend="What" options={scopes} value={scope} onValueChange={setScope} />
      <SelectField
        label="Published in"
        value={rangeMs}
        onChange={(event) => setRangeMs(event.target.value)}
        options={ranges}
      />
      <Field
        label="Event types"
        optional
        mono
        value={types}
        onChange={(event) => setTypes(event.target.value)}
        placeholder="orders.*, invoice.paid"
        hint="Names or patterns, separated by commas; whatever the endpoint subscribes to when empty."
        errors={fieldErrors(refusal, "replay.eventTypes")}
      />
      <Field
        label="Events per second"
        optional
        type="number"
        min={0.1}
        max={1000}
        step="any"
        value={rate}
        onChange={(event) => setRate(event.target.value)}
        hint="As fast as the endpoint takes them when empty."
        errors={fieldErrors(refusal, "replay.perSecond")}
      />
      <p aria-live="polite" className="text-sm text-muted">
        {verdictText(verdict, Number(rate))}
      </p>
      <DialogFooter className="-mx-5 -mb-5">
        <Button variant="ghost" onClick={close}>
          Cancel
        </Button>
        <SubmitButton pending={pending} disabled={!verdict?.ok || verdict.value.matched === 0}>
          {verdict?.ok ? `Send ${counted(verdict.value.matched, "event", "events")}` : "Send"}
        </SubmitButton>
      </DialogFooter>
    </form>
  );
}

/** Counts what the choice would send, again after each change; null while it is being counted. */
function useDryRun(
  id: string,
  count: CountReplay,
  choice: { scope: string; rangeMs: string; types: string },
): ActionResult<DryRun> | null {
  const [verdict, setVerdict] = useState<{ key: string; result: ActionResult<DryRun> } | null>(null);
  const key = JSON.stringify(choice);
  useEffect(() => {
    let current = true;
    const timer = setTimeout(() => {
      const chosen = JSON.parse(key) as typeof choice;
      void count(id, { ...replayInput({ ...chosen, rate: "" }), dryRun: true })
        .catch(() => notCounted)
        .then((result) => {
          if (current) setVerdict({ key, result });
        });
    }, 250);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [id, count, key]);
  return verdict?.key === key ? verdict.result : null;
}

function replayInput(choice: { scope: string; rangeMs: string; types: string; rate: string }): ReplayInput {
  const eventTypes = choice.types
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "");
  return {
    scope: choice.scope,
    since: new Date(Date.now() - Number(choice.rangeMs)).toISOString(),
    ...(eventTypes.length > 0 && { eventTypes }),
    ...(choice.rate !== "" && { perSecond: Number(choice.rate) }),
  };
}

function verdictText(verdict: ActionResult<DryRun> | null, rate: number): string {
  if (!verdict) return "Counting…";
  if (!verdict.ok) return verdict.message;
  const { matched, byEventType } = verdict.value;
  if (matched === 0) return "Nothing to send: no event matches this choice.";
  const types = byEventType.slice(0, 3).map(({ eventType, count }) => `${formatCount(count)} ${eventType}`);
  const rest = byEventType.length > 3 ? ` and ${byEventType.length - 3} more types` : "";
  const seconds = rate > 0 ? ` At this rate it takes about ${formatCount(Math.ceil(matched / rate))} s.` : "";
  return `${counted(matched, "event", "events")}: ${types.join(", ")}${rest}.${seconds}`;
}
