"use client";

import { Send } from "lucide-react";
import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Dialog, DialogClose } from "@/components/ui/dialog";
import { SelectField, TextareaField } from "@/components/ui/field";
import { SubmitButton } from "@/components/ui/submit-button";
import { TextLink } from "@/components/ui/text-link";
import { type ActionResult } from "@/lib/schemas/action-result";
import type { AttemptOut } from "@/lib/schemas/attempt";

export type SendTestProps = {
  id: string;
  eventTypes: readonly { name: string; example: Record<string, unknown> }[];
  sendTest: (id: string, eventType: string, dataText: string) => Promise<ActionResult<AttemptOut>>;
};

const defaultType = "developer.webhook.test";

/** Sends one attempt of any event type now, and shows how it was answered. */
export function SendTest(props: SendTestProps) {
  return (
    <Dialog
      size="lg"
      title="Send a test"
      description="One signed attempt, sent now whatever the endpoint's state. It is logged, never retried, and never counts for health."
      trigger={
        <Button>
          <Send aria-hidden />
          Send test
        </Button>
      }
    >
      <TestForm {...props} />
    </Dialog>
  );
}

function TestForm({ id, eventTypes, sendTest }: SendTestProps) {
  const [eventType, setEventType] = useState(defaultType);
  const [data, setData] = useState("");
  const [pending, setPending] = useState(false);
  const [result, setResult] = useState<ActionResult<AttemptOut> | null>(null);
  const example = eventTypes.find(({ name }) => name === eventType)?.example;

  async function send(event: FormEvent) {
    event.preventDefault();
    setPending(true);
    setResult(null);
    try {
      setResult(await sendTest(id, eventType, data));
    } catch {
      setResult({ ok: false, message: "The server did not answer. Try again in a moment.", errors: [] });
    } finally {
      setPending(false);
    }
  }

  const problems = result && !result.ok ? result.errors.map(({ path, message }) => `${path} ${message}`) : [];
  return (
    <form onSubmit={(event) => void send(event)} className="grid gap-4">
      <SelectField
        label="Event type"
        value={eventType}
        onChange={(event) => {
          setEventType(event.target.value);
          setData("");
        }}
        options={[...eventTypes].sort(byDefaultFirst).map(({ name }) => ({ value: name, label: name }))}
      />
      <TextareaField
        label="Data"
        optional
        mono
        rows={8}
        value={data}
        onChange={(event) => setData(event.target.value)}
        placeholder={
          eventType === defaultType
            ? "The endpoint's URL and your user name"
            : JSON.stringify(example, null, 2)
        }
        hint="JSON. Left empty, the example of the event type is sent."
        errors={problems}
        aside={
          example &&
          eventType !== defaultType && (
            <button
              type="button"
              className="rounded-sm underline hover:text-fg"
              onClick={() => setData(JSON.stringify(example, null, 2))}
            >
              Edit the example
            </button>
          )
        }
      />
      {result && <TestAnswer result={result} />}
      <div className="flex justify-end gap-2">
        <DialogClose>
          <Button>Close</Button>
        </DialogClose>
        <SubmitButton pending={pending}>Send test</SubmitButton>
      </div>
    </form>
  );
}

function byDefaultFirst(a: { name: string }, b: { name: string }): number {
  return Number(b.name === defaultType) - Number(a.name === defaultType) || a.name.localeCompare(b.name);
}

function TestAnswer({ result }: { result: ActionResult<AttemptOut> }) {
  if (!result.ok) {
    return (
      <Callout tone="danger" live title="Nothing was sent">
        {result.errors.length === 0 ? result.message : "The data does not fit the event type."}
      </Callout>
    );
  }
  const { id, outcome, statusCode, durationMs, errorMessage } = result.value;
  const answered = statusCode === 0 ? "No answer" : `Answered ${statusCode}`;
  return (
    <Callout
      tone={outcome === "succeeded" ? "success" : "danger"}
      live
      title={`${answered} after ${Math.round(durationMs)} ms`}
    >
      {errorMessage ? `${errorMessage}.` : "The endpoint accepted the test."}{" "}
      <TextLink href={`/logs/${id}`}>Request and response</TextLink>
    </Callout>
  );
}
