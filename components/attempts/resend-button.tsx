"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { RotateCw } from "lucide-react";
import { attemptName } from "@/components/attempts/attempt-words";
import { Button } from "@/components/ui/button";
import type { ButtonLook } from "@/components/ui/button-style";
import { toast } from "@/components/ui/toast";
import { Tooltip } from "@/components/ui/tooltip";
import { attemptQueries } from "@/lib/queries/attempts";
import { eventQueries } from "@/lib/queries/events";
import type { ActionResult } from "@/lib/schemas/action-result";

export type RetryDeliveryAction = (input: {
  deliveryId: string;
}) => Promise<ActionResult<{ deliveryAttempt: number }>>;

type ResendButtonProps = Pick<ButtonLook, "variant" | "size"> & {
  deliveryId: string;
  /** Why it is not possible, as a sentence; null when it is. */
  refusal: string | null;
  retryDelivery: RetryDeliveryAction;
};

/** Sends a delivery again; where that is not possible it says why. */
export function ResendButton({ deliveryId, refusal, retryDelivery, ...look }: ResendButtonProps) {
  const client = useQueryClient();
  const resend = useMutation({
    mutationFn: () => retryDelivery({ deliveryId }),
    onSuccess: async (result) => {
      if (result.ok) toast.success(`${attemptName(result.value.deliveryAttempt)} is on its way.`);
      else toast.error(result.message);
      await Promise.all(
        [attemptQueries.all(), eventQueries.all()].map((queryKey) => client.invalidateQueries({ queryKey })),
      );
    },
    onError: () => toast.error("The server did not answer. Look at the delivery before you press again."),
  });
  const button = (
    <Button
      {...look}
      onClick={() => resend.mutate()}
      pending={resend.isPending}
      // Not `disabled`: a button that cannot be reached could not say why.
      aria-disabled={refusal !== null}
      className={refusal === null ? undefined : "pointer-events-auto cursor-not-allowed opacity-50"}
      {...(refusal !== null && { onClick: () => toast.info(refusal) })}
    >
      <RotateCw aria-hidden />
      Resend
    </Button>
  );
  // A tip in either case: a button that comes and goes with its tip would lose the focus.
  return <Tooltip content={refusal ?? "Sends the same event once more, now."}>{button}</Tooltip>;
}
