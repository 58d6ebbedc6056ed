"use client";

import { type FormEvent, useState } from "react";
import { betweenMoments, recoverRanges } from "@/components/replays/recover-ranges";
import {
  type CountReplay,
  endsBeforeItBegins,
  type ReplayChoice,
  replayInput,
  type StartReplay,
  verdictText,
} from "@/components/replays/replay-choice";
import { useDryRun } from "@/components/replays/use-dry-run";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { DialogFooter } from "@/components/ui/dialog";
import { Field, SelectField } from "@/components/ui/field";
import { RadioCards } from "@/components/ui/radio-cards";
import { SubmitButton } from "@/components/ui/submit-button";
import { toast } from "@/components/ui/toast";
import { counted } from "@/lib/format/numbers";
import { type ActionResult, fieldErrors } from "@/lib/schemas/action-result";

const notStarted = {
  ok: false as const,
  message: "The server did not answer. Look at the list of replays before you try again.",
  errors: [],
};

const scopes = [
  {
    value: "missed",
    label: "Never sent",
    hint: "Published while the endpoint was disabled, or discarded then.",
  },
  { value: "failed", label: "Given up", hint: "Every attempt failed." },
  { value: "all", label: "Everything", hint: "Also what was delivered: the receiver gets it again." },
];

export type RecoverFormProps = {
  id: string;
  /** How long events are kept. */
  retentionMs: number;
  /** What is chosen at first: a choice of which there is something. */
  firstScope: "missed" | "failed";
  count: CountReplay;
  start: StartReplay;
  onStarted: () => Promise<void>;
  close: () => void;
};

/** What to send again, how much that is before anything is sent, and the button that starts it. */
export function RecoverForm({
  id,
  retentionMs,
  firstScope,
  count,
  start,
  onStarted,
  close,
}: RecoverFormProps) {
  const firstRange = String(retentionMs);
  const [choice, setChoice] = useState({
    scope: firstScope as string,
    range: firstRange,
    from: "",
    to: "",
    types: "",
  });
  const [rate, setRate] = useState("");
  const [pending, setPending] = useState(false);
  const [refusal, setRefusal] = useState<ActionResult | null>(null);
  const verdict = useDryRun(id, count, choice);
  const choose = (change: Partial<ReplayChoice>) => setChoice((current) => ({ ...current, ...change }));

  async function submit(event: FormEvent) {
    event.preventDefault();
    const input = replayInput(choice, new Date());
    if (!input) return;
    setPending(true);
    const paced = { ...input, ...(rate !== "" && { perSecond: Number(rate) }) };
    const result = await start(id, paced).catch(() => notStarted);
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
      <RadioCards
        name="scope"
        legend="What"
        options={scopes}
        value={choice.scope}
        onValueChange={(scope) => choose({ scope })}
      />
      <SelectField
        label="Published"
        value={choice.range}
        onChange={(event) => choose({ range: event.target.value })}
        options={recoverRanges(retentionMs)}
      />
      {choice.range === betweenMoments && <Moments choice={choice} choose={choose} />}
      <Field
        label="Event types"
        optional
        mono
        value={choice.types}
        onChange={(event) => choose({ types: event.target.value })}
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

type MomentsProps = { choice: ReplayChoice; choose: (change: Partial<ReplayChoice>) => void };

function Moments({ choice, choose }: MomentsProps) {
  const { from, to } = choice;
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <Field
        label="From"
        type="datetime-local"
        value={from}
        onChange={(event) => choose({ from: event.target.value })}
        hint="Your local time."
        required
      />
      <Field
        label="To"
        type="datetime-local"
        value={to}
        onChange={(event) => choose({ to: event.target.value })}
        hint="Now when empty."
        errors={endsBeforeItBegins(choice) ? ["Must come after the start."] : []}
        optional
      />
    </div>
  );
}
