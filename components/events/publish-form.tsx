"use client";

import { RotateCcw, Send, WandSparkles } from "lucide-react";
import { useMemo, useState } from "react";
import { PublishVerdict } from "@/components/events/publish-verdict";
import type { PublishActions, PublishableType } from "@/components/events/publish-actions";
import { useDraftVerdict } from "@/components/events/use-draft-verdict";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Card } from "@/components/ui/card";
import { Field, FieldFrame, SelectField } from "@/components/ui/field";
import { LinkButton } from "@/components/ui/link-button";
import type { SelectOption } from "@/components/ui/select";
import { Textarea } from "@/components/ui/textarea";
import { TextLink } from "@/components/ui/text-link";
import { counted } from "@/lib/format/numbers";
import type { PublishedOut } from "@/lib/schemas/event";

export interface PublishFormProps {
  types: readonly PublishableType[];
  options: readonly { label: string; options: readonly SelectOption[] }[];
  initial: { eventType: string; dataText: string };
  actions: PublishActions;
}

type Outcome = { published: PublishedOut } | { refusal: string } | null;

/** Publishes one event by hand: what is typed is checked as it is typed, and said whom it will reach. */
export function PublishForm({ types, options, initial, actions }: PublishFormProps) {
  const [eventType, setEventType] = useState(initial.eventType);
  const [dataText, setDataText] = useState(initial.dataText);
  const [idempotencyKey, setIdempotencyKey] = useState("");
  const [outcome, setOutcome] = useState<Outcome>(null);
  const [pending, setPending] = useState(false);
  const draft = useMemo(() => ({ eventType, dataText }), [eventType, dataText]);
  const state = useDraftVerdict(draft, actions.check);
  const type = types.find(({ name }) => name === eventType);

  function chooseType(name: string) {
    const next = types.find((each) => each.name === name);
    // What a person typed is theirs; only an untouched example gives way to the next one.
    if (next && dataText === (type?.exampleText ?? initial.dataText)) setDataText(next.exampleText);
    setEventType(name);
    setOutcome(null);
  }

  async function publish() {
    setPending(true);
    try {
      const result = await actions.publish({ eventType, dataText, idempotencyKey: idempotencyKey.trim() });
      setOutcome(result.ok ? { published: result.value } : { refusal: result.message });
    } catch {
      setOutcome({ refusal: "The server did not answer. Look at the list of events before you try again." });
    } finally {
      setPending(false);
    }
  }

  const canPublish = state.verdict !== null && !state.isStale && state.verdict.problems.length === 0;
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-5 lg:grid-cols-[minmax(0,1fr)_20rem]">
      <Card>
        <div className="grid gap-5">
          <SelectField
            label="Event type"
            value={eventType}
            onChange={(event) => chooseType(event.target.value)}
            options={options}
            hint={type && <TypeHint type={type} />}
          />
          <DataField
            value={dataText}
            onValueChange={(text) => {
              setDataText(text);
              setOutcome(null);
            }}
            exampleText={type?.exampleText ?? ""}
            problems={state.verdict?.problems.map(({ path, message }) => `${path} ${message}`) ?? []}
          />
          <Field
            label="Idempotency key"
            optional
            mono
            value={idempotencyKey}
            onChange={(event) => setIdempotencyKey(event.target.value)}
            hint="Publishing the same again with this key answers with the first event and sends nothing twice."
            maxLength={255}
          />
        </div>
      </Card>
      <div className="grid gap-4 lg:sticky lg:top-6">
        <PublishVerdict {...state} />
        <Button variant="primary" onClick={() => void publish()} pending={pending} disabled={!canPublish}>
          <Send aria-hidden />
          Publish
        </Button>
        <PublishOutcome outcome={outcome} />
      </div>
    </div>
  );
}

function TypeHint({ type }: { type: PublishableType }) {
  return (
    <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
      {type.deprecated && <Badge tone="warning">Deprecated</Badge>}
      <span className="min-w-0 wrap-anywhere">{type.description}</span>
      <TextLink href={`/event-types/${type.name}`}>Schema and example</TextLink>
    </span>
  );
}

type DataFieldProps = {
  value: string;
  onValueChange: (text: string) => void;
  exampleText: string;
  problems: readonly string[];
};

function DataField({ value, onValueChange, exampleText, problems }: DataFieldProps) {
  const formatted = formatJson(value);
  return (
    <FieldFrame
      label="Data"
      hint="JSON. It is sent exactly as it stands here, to the last digit and space."
      errors={problems}
      errorsFollowTyping
      aside={
        <span className="flex gap-1">
          <Button
            size="sm"
            variant="ghost"
            disabled={formatted === null || formatted === value}
            onClick={() => formatted !== null && onValueChange(formatted)}
          >
            <WandSparkles aria-hidden />
            Format
          </Button>
          <Button
            size="sm"
            variant="ghost"
            disabled={value === exampleText}
            onClick={() => onValueChange(exampleText)}
          >
            <RotateCcw aria-hidden />
            Example
          </Button>
        </span>
      }
    >
      {(wiring) => (
        <Textarea
          {...wiring}
          mono
          className="min-h-72"
          value={value}
          onChange={(event) => onValueChange(event.target.value)}
        />
      )}
    </FieldFrame>
  );
}

/** Indented, or null where that would change a number or where it is no JSON. */
function formatJson(text: string): string | null {
  try {
    const value: unknown = JSON.parse(text);
    const squeezed = (json: string) =>
      json.replace(/"(?:[^"\\]|\\.)*"|\s+/g, (part) => (part[0] === '"' ? part : ""));
    const formatted = JSON.stringify(value, null, 2);
    return squeezed(formatted) === squeezed(text) ? formatted : null;
  } catch {
    return null;
  }
}

function PublishOutcome({ outcome }: { outcome: Outcome }) {
  if (outcome === null) return null;
  if ("refusal" in outcome) {
    return (
      <Callout tone="danger" title="Not published" live>
        {outcome.refusal}
      </Callout>
    );
  }
  const { eventId, deliveries, duplicate } = outcome.published;
  return (
    <Callout
      tone="success"
      live
      title={duplicate ? "Published before with this key" : "Published"}
      actions={
        <LinkButton href={`/events/${eventId}`} size="sm">
          See where it goes
        </LinkButton>
      }
    >
      {duplicate
        ? "Nothing was sent again."
        : deliveries === 0
          ? "It is kept, and no endpoint subscribes to it."
          : `${counted(deliveries, "delivery is", "deliveries are")} under way.`}
    </Callout>
  );
}
