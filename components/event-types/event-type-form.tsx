"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { CircleCheck } from "lucide-react";
import { useMemo } from "react";
import { Callout } from "@/components/ui/callout";
import { Card } from "@/components/ui/card";
import { Field, TextareaField } from "@/components/ui/field";
import { LinkButton } from "@/components/ui/link-button";
import { SubmitButton } from "@/components/ui/submit-button";
import { useKeptForm } from "@/components/ui/use-kept-form";
import { useSettled } from "@/components/ui/use-settled";
import { type ActionResult, enteredText, type FormState } from "@/lib/schemas/action-result";
import type { EventTypeDraftText } from "@/lib/schemas/event-type-draft";

type Problem = { path: string; message: string };
type Saved = FormState<never>;

type EventTypeFormProps = {
  initial: EventTypeDraftText;
  isNew: boolean;
  save: (previous: Saved | null, form: FormData) => Promise<Saved>;
  check: (draft: EventTypeDraftText) => Promise<ActionResult<Problem[]>>;
};

/** Registers or changes an event type. Schema and example are checked against each other while they are typed. */
export function EventTypeForm({ initial, isNew, save, check }: EventTypeFormProps) {
  const kept = useKeptForm(save, initial, afterAnswer);
  const { form, pending, result, values: draft, setValues: setDraft, loaded } = kept;
  const live = useDraftProblems(draft, check);
  const problems = live.problems ?? (result && !result.ok ? result.errors : []);
  const set = (field: keyof EventTypeDraftText) => (event: { target: { value: string } }) =>
    setDraft({ ...draft, [field]: event.target.value });
  const isSatisfied =
    live.problems !== null &&
    !live.isStale &&
    live.problems.every(({ path }) => !/^(schema|example)\b/.test(path));
  // An untouched name is not wrong yet.
  const errorsOf = (field: keyof EventTypeDraftText) =>
    field === "name" && draft.name === "" && !result ? [] : messagesFor(problems, field);

  return (
    <form {...form} className="grid max-w-3xl gap-5">
      {!isNew && <input type="hidden" name="loaded" value={loaded} />}
      <Card>
        <div className="grid gap-5">
          <Field
            name="name"
            label="Name"
            mono
            required
            readOnly={!isNew}
            value={draft.name}
            onChange={set("name")}
            errors={errorsOf("name")}
            errorsFollowTyping
            placeholder="invoice.paid"
            maxLength={128}
            hint={
              isNew
                ? "Two or more parts joined by dots, the first of which is its group. It cannot be changed later."
                : "Endpoints subscribe to this name, so it stays."
            }
          />
          <TextareaField
            name="description"
            label="Description"
            optional
            rows={2}
            value={draft.description}
            onChange={set("description")}
            errors={errorsOf("description")}
            errorsFollowTyping
            hint="What an event of this type says, for the developers who receive it."
          />
          <TextareaField
            name="schema"
            label="JSON Schema of the data"
            mono
            required
            className="min-h-64"
            value={draft.schema}
            onChange={set("schema")}
            errors={errorsOf("schema")}
            errorsFollowTyping
            hint="JSON Schema 2020-12. Events that do not satisfy it are refused when they are published."
          />
          <TextareaField
            name="example"
            label="Example"
            mono
            required
            className="min-h-32"
            value={draft.example}
            onChange={set("example")}
            errors={errorsOf("example")}
            errorsFollowTyping
            hint="A realistic data object. Tests and the publish page begin with it."
            aside={isSatisfied && <Satisfied />}
          />
        </div>
      </Card>
      {result && !result.ok && (
        <Callout tone="danger" title={isNew ? "Not registered" : "Not saved"} live>
          {result.message}
        </Callout>
      )}
      <div className="flex gap-2">
        <SubmitButton pending={pending}>{isNew ? "Register event type" : "Save changes"}</SubmitButton>
        <LinkButton href={isNew ? "/event-types" : `/event-types/${initial.name}`}>Cancel</LinkButton>
      </div>
    </form>
  );
}

function afterAnswer(draft: EventTypeDraftText, answer: Saved): EventTypeDraftText {
  const entered = (field: keyof EventTypeDraftText) => enteredText(answer, field) ?? draft[field];
  return {
    name: entered("name"),
    description: entered("description"),
    schema: entered("schema"),
    example: entered("example"),
  };
}

function Satisfied() {
  return (
    <span className="inline-flex items-center gap-1 text-success-text" role="status">
      <CircleCheck aria-hidden className="size-3.5" />
      Satisfies the schema
    </span>
  );
}

/** Null until the first answer, and while the check itself does not work: saving checks again. */
function useDraftProblems(draft: EventTypeDraftText, check: EventTypeFormProps["check"]) {
  const settled = useSettled(useMemo(() => draft, [draft]));
  const query = useQuery({
    queryKey: ["event-types", "draft", settled],
    queryFn: async () => {
      const result = await check(settled);
      if (result.ok) return result.value;
      if (result.errors.length === 0) throw new Error(result.message);
      return result.errors;
    },
    placeholderData: keepPreviousData,
    gcTime: 60_000,
  });
  return { problems: query.data ?? null, isStale: settled !== draft || query.isPlaceholderData };
}

/** The messages of a field and of what lies inside of it, which are told with their place. */
function messagesFor(problems: readonly Problem[], field: string): string[] {
  return problems.flatMap(({ path, message }) => {
    if (path === field) return [message.charAt(0).toUpperCase() + message.slice(1)];
    return path.startsWith(`${field}.`) || path.startsWith(`${field}[`) ? [`${path} ${message}`] : [];
  });
}
