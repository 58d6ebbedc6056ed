"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { RotateCw } from "lucide-react";
import { attemptName } from "@/components/attempts/attempt-words";
import { Button } from "@/components/ui/button";
import { toast } from "@/components/ui/toast";
import { Tooltip } from "@/components/ui/tooltip";
import { attemptQueries } from "@/lib/queries/attempts";
import type { ActionResult } from "@/lib/schemas/action-result";
import type { AttemptDetailOut } from "@/lib/schemas/delivery";

export type RetryDeliveryAction = (input: {
  deliveryId: string;
}) => Promise<ActionResult<{ deliveryAttempt: number }>>;

type ResendButtonProps = { detail: AttemptDetailOut; retryDelivery: RetryDeliveryAction };

/** Sends the delivery again; where that is not possible it says why. */
export function ResendButton({ detail: { attempt, retryRefusal }, retryDelivery }: ResendButtonProps) {
  const client = useQueryClient();
  const resend = useMutation({
    mutationFn: () => retryDelivery({ deliveryId: attempt.deliveryId }),
    onSuccess: async (result) => {
      if (result.ok) toast.success(`${attemptName(result.value.deliveryAttempt)} is on its way.`);
      else toast.error(result.message);
      await client.invalidateQueries({ queryKey: attemptQueries.all() });
    },
    onError: () => toast.error("The server did not answer. Look at the delivery before you press again."),
  });
  const button = (
    <Button
      variant="primary"
      onClick={() => resend.mutate()}
      pending={resend.isPending}
      // Not `disabled`: a button that cannot be reached could not say why.
      aria-disabled={retryRefusal !== null}
      className={retryRefusal === null ? undefined : "pointer-events-auto cursor-not-allowed opacity-50"}
      {...(retryRefusal !== null && { onClick: () => toast.info(retryRefusal) })}
    >
      <RotateCw aria-hidden />
      Resend
    </Button>
  );
  // A tip in either case: a button that comes and goes with its tip would lose the focus.
  return <Tooltip content={retryRefusal ?? "Sends the same event once more, now."}>{button}</Tooltip>;
}
