"use client";

import { useQueryClient } from "@tanstack/react-query";
import { Power, PowerOff } from "lucide-react";
import { type FormEvent, startTransition, useEffect, useState } from "react";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { SubmitButton } from "@/components/ui/submit-button";
import { toast } from "@/components/ui/toast";
import { useFormAction } from "@/components/ui/use-form-action";
import type { EndpointState, StateReason } from "@/lib/domain/endpoint-lifecycle";
import { endpointQueries } from "@/lib/queries/endpoints";
import type { ActionResult } from "@/lib/schemas/action-result";

export type SetStateAction = (
  previous: ActionResult<string> | null,
  form: FormData,
) => Promise<ActionResult<string>>;

type StateActionsProps = {
  id: string;
  state: EndpointState;
  reason: StateReason;
  setState: SetStateAction;
};

/** Activate, re-activate or disable: a plain form, so that it works before hydration. Disabling is asked about once. */
export function StateActions({ id, state, reason, setState }: StateActionsProps) {
  const [result, submit, pending] = useFormAction(setState);
  const [asked, setAsked] = useState<FormData | null>(null);
  const queries = useQueryClient();
  useEffect(() => {
    if (!result) return;
    if (!result.ok) toast.error(result.message);
    void queries.invalidateQueries({ queryKey: endpointQueries.all() });
  }, [result, queries]);
  const isOff = state === "disabled";

  function askFirst(event: FormEvent<HTMLFormElement>) {
    if (isOff) return;
    event.preventDefault();
    setAsked(new FormData(event.currentTarget));
  }

  return (
    <>
      <form action={submit} onSubmit={askFirst}>
        <input type="hidden" name="id" value={id} />
        <input type="hidden" name="state" value={isOff ? "active" : "disabled"} />
        {isOff ? (
          <SubmitButton pending={pending}>
            <Power aria-hidden />
            {reason === "created" ? "Activate" : "Re-activate"}
          </SubmitButton>
        ) : (
          <SubmitButton variant="danger-quiet" pending={pending}>
            <PowerOff aria-hidden />
            Disable
          </SubmitButton>
        )}
      </form>
      {/* Not within the form: what it submits would be seen there, too. */}
      <ConfirmDialog
        danger
        title="Disable this endpoint?"
        description="Nothing but tests is sent to it from then on, and deliveries that wait are discarded. To receive events again it has to answer its test; what it missed can be recovered after that."
        confirmLabel="Disable endpoint"
        open={asked !== null}
        onOpenChange={(open) => !open && setAsked(null)}
        onConfirm={() => {
          if (asked) startTransition(() => submit(asked));
        }}
      />
    </>
  );
}
