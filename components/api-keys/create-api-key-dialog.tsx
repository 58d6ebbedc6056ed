"use client";

import { Plus } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Checkbox } from "@/components/ui/checkbox";
import { Dialog, DialogClose, DialogFooter } from "@/components/ui/dialog";
import { Field, FieldErrors, useGroupWiring } from "@/components/ui/field";
import { ShownOnce } from "@/components/ui/shown-once";
import { SubmitButton } from "@/components/ui/submit-button";
import { useFormAction } from "@/components/ui/use-form-action";
import { keptForm } from "@/components/ui/use-kept-form";
import { type ActionResult, fieldErrors } from "@/lib/schemas/action-result";
import type { ApiKeyCreatedOut } from "@/lib/schemas/api-key";
import { type Scope, scopeDescriptions, scopes } from "@/lib/schemas/scopes";

type Created = ActionResult<ApiKeyCreatedOut>;
type CreateApiKeyDialogProps = { action: (previous: Created | null, form: FormData) => Promise<Created> };

/** The button that opens it, the form, and then the key: this once. */
export function CreateApiKeyDialog({ action }: CreateApiKeyDialogProps) {
  const [open, setOpen] = useState(false);
  const [round, setRound] = useState(0);
  function change(next: boolean) {
    // A new round forgets the key of the last one.
    if (next) setRound(round + 1);
    setOpen(next);
  }
  return (
    <Dialog
      title="Create an API key"
      open={open}
      onOpenChange={change}
      trigger={
        <Button variant="primary">
          <Plus aria-hidden />
          Create key
        </Button>
      }
    >
      <CreateApiKey key={round} action={action} />
    </Dialog>
  );
}

function CreateApiKey({ action }: CreateApiKeyDialogProps) {
  const [result, submit, pending] = useFormAction(action);
  const [name, setName] = useState("");
  const [chosen, setChosen] = useState<readonly Scope[]>(["events:write"]);
  const scopeErrors = fieldErrors(result, "scopes");
  const { described, wrong, errorsId } = useGroupWiring({ errors: scopeErrors });
  if (result?.ok) return <CreatedKey created={result.value} />;
  return (
    <form {...keptForm(submit)} className="grid gap-4">
      {result && result.errors.length === 0 && (
        <Callout tone="danger" live>
          {result.message}
        </Callout>
      )}
      <Field
        label="Name"
        name="name"
        hint="Which program uses it, so that you know what stops when you revoke it."
        value={name}
        onChange={(event) => setName(event.target.value)}
        errors={fieldErrors(result, "name")}
        autoComplete="off"
        maxLength={100}
        required
      />
      <fieldset {...described} className="grid gap-2.5">
        <legend className="mb-2.5 text-sm font-medium">Scopes</legend>
        {scopes.map((scope) => (
          <Checkbox
            key={scope}
            name="scopes[]"
            value={scope}
            label={<span className="font-mono text-xs">{scope}</span>}
            hint={scopeDescriptions[scope]}
            checked={chosen.includes(scope)}
            onChange={(event) =>
              setChosen(event.target.checked ? [...chosen, scope] : chosen.filter((other) => other !== scope))
            }
            {...wrong}
          />
        ))}
        <FieldErrors id={errorsId} errors={scopeErrors} />
      </fieldset>
      <DialogFooter className="-mx-5 -mb-5">
        <DialogClose>
          <Button>Cancel</Button>
        </DialogClose>
        <SubmitButton pending={pending} disabled={chosen.length === 0}>
          Create key
        </SubmitButton>
      </DialogFooter>
    </form>
  );
}

function CreatedKey({ created }: { created: ApiKeyCreatedOut }) {
  return (
    <div className="grid gap-4">
      <ShownOnce label={`The key of ${created.name}`} text={created.key}>
        Copy it now and keep it where secrets are kept. Posthorn stores only its hash and cannot show it
        again.
      </ShownOnce>
      <DialogFooter className="-mx-5 -mb-5">
        <DialogClose>
          <Button variant="primary">Done</Button>
        </DialogClose>
      </DialogFooter>
    </div>
  );
}
