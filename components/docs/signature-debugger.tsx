"use client";

import { useState } from "react";
import { Callout } from "@/components/ui/callout";
import { CopyButton } from "@/components/ui/copy-button";
import { Field, TextareaField } from "@/components/ui/field";
import { SubmitButton } from "@/components/ui/submit-button";
import { useFormAction } from "@/components/ui/use-form-action";
import { type ActionResult, fieldErrors } from "@/lib/schemas/action-result";
import type { SignatureCheckOut } from "@/lib/schemas/signature-check";

type Checked = ActionResult<SignatureCheckOut>;
type SignatureDebuggerProps = { action: (previous: Checked | null, form: FormData) => Promise<Checked> };

const empty = { secret: "", id: "", timestamp: "", signature: "", body: "" };

/** Takes the parts of a request and says whether they fit together. What was pasted stays. */
export function SignatureDebugger({ action }: SignatureDebuggerProps) {
  const [result, submit] = useFormAction(action);
  const [pasted, setPasted] = useState(empty);
  const wire = (name: keyof typeof empty) => ({
    name,
    value: pasted[name],
    onChange: (event: { target: { value: string } }) => setPasted({ ...pasted, [name]: event.target.value }),
    errors: fieldErrors(result, name),
    autoComplete: "off",
    mono: true,
  });
  return (
    <form action={submit} className="grid gap-4">
      <Field label="Secret" placeholder="whsec_…" required {...wire("secret")} />
      <div className="grid items-start gap-4 sm:grid-cols-2">
        <Field label="webhook-id" placeholder="evt_…" {...wire("id")} />
        <Field label="webhook-timestamp" inputMode="numeric" {...wire("timestamp")} />
      </div>
      <Field label="webhook-signature" placeholder="v1,…" {...wire("signature")} />
      <TextareaField
        label="Body"
        hint="The raw bytes, before any parser: one space more or less makes another signature."
        className="min-h-40"
        {...wire("body")}
      />
      <div>
        <SubmitButton>Check</SubmitButton>
      </div>
      {result?.ok && <Verdict {...result.value} />}
      {result && !result.ok && result.errors.length === 0 && (
        <Callout tone="danger" live>
          {result.message}
        </Callout>
      )}
    </form>
  );
}

function Verdict({ valid, verdict, expected }: SignatureCheckOut) {
  return (
    <Callout tone={valid ? "success" : "danger"} title={valid ? "It verifies" : "It does not verify"} live>
      {verdict}
      {!valid && expected && (
        <span className="mt-2 flex flex-wrap items-center gap-x-2 text-xs text-muted">
          This secret signs id, timestamp and body as
          <code className="font-mono wrap-anywhere text-fg">{expected}</code>
          <CopyButton text={expected} label="Copy the signature" />
        </span>
      )}
    </Callout>
  );
}
