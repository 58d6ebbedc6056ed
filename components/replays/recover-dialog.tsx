"use client";

import { RotateCcw } from "lucide-react";
import { useState } from "react";
import { RecoverForm, type RecoverFormProps } from "@/components/replays/recover-form";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import type { Undelivered } from "@/lib/schemas/replay";

type RecoverDialogProps = Omit<RecoverFormProps, "firstScope" | "close"> & {
  disabled: boolean;
  /** What was not delivered, as far as it is known; everything can be sent again in any case. */
  undelivered: Undelivered | undefined;
};

/** Chooses what to send again, says how much that is before anything is sent, and starts it. */
export function RecoverDialog({ disabled, undelivered, ...props }: RecoverDialogProps) {
  const [open, setOpen] = useState(false);
  const missed = undelivered?.missed.matched ?? 0;
  const failed = undelivered?.failed.matched ?? 0;
  return (
    <Dialog
      title="Recover events"
      description="They are sent behind live events and retries, which are not delayed. An event that is on its way already is left out."
      trigger={
        <Button variant={missed + failed > 0 ? "primary" : "secondary"} disabled={disabled}>
          <RotateCcw aria-hidden />
          Recover
        </Button>
      }
      open={open}
      onOpenChange={setOpen}
    >
      <RecoverForm
        {...props}
        firstScope={missed === 0 && failed > 0 ? "failed" : "missed"}
        close={() => setOpen(false)}
      />
    </Dialog>
  );
}
