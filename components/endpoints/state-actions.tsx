"use client";

import { useQueryClient } from "@tanstack/react-query";
import { Power, PowerOff } from "lucide-react";
import { useActionState, useEffect } from "react";
import { SubmitButton } from "@/components/ui/submit-button";
import { toast } from "@/components/ui/toast";
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

/** Activate, re-activate or disable: a plain form, so that it works before hydration. */
export function StateActions({ id, state, reason, setState }: StateActionsProps) {
  const [result, submit, pending] = useActionState(setState, null);
  const queries = useQueryClient();
  useEffect(() => {
    if (!result) return;
    if (!result.ok) toast.error(result.message);
    void queries.invalidateQueries({ queryKey: endpointQueries.all() });
  }, [result, queries]);
  const isOff = state === "disabled";
  return (
    <form action={submit}>
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
  );
}
