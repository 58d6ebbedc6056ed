"use client";

import { type ReactNode, useState } from "react";
import { Dialog, DialogClose } from "@/components/ui/dialog";
import { Button } from "@/components/ui/button";
import { FieldErrors, FieldFrame } from "@/components/ui/field";
import { Input } from "@/components/ui/input";

type ConfirmDialogProps = {
  title: ReactNode;
  /** What will happen and what cannot be undone. */
  description: ReactNode;
  confirmLabel: string;
  /** Where "Cancel" would be mistaken for the act itself. */
  dismissLabel?: string;
  /** May be async: the dialog stays, pending, until it settles; it closes unless a message comes back. */
  onConfirm: () => void | string | null | undefined | Promise<void | string | null | undefined>;
  danger?: boolean;
  /** The text to type before the button works: the name of what will be lost. */
  typeToConfirm?: string;
  trigger?: ReactNode;
  open?: boolean | undefined;
  onOpenChange?: ((open: boolean) => void) | undefined;
  children?: ReactNode;
};

/**
 * `<ConfirmDialog danger title="Delete it?" description="…" confirmLabel="Delete" typeToConfirm="orders" onConfirm={…}
 * trigger={<Button variant="danger-quiet">Delete</Button>} />`. A text returned from `onConfirm` is shown as its refusal.
 */
export function ConfirmDialog({ trigger, open, onOpenChange, ...props }: ConfirmDialogProps) {
  const [ownOpen, setOwnOpen] = useState(false);
  const shown = open ?? ownOpen;
  function change(next: boolean) {
    setOwnOpen(next);
    onOpenChange?.(next);
  }
  return (
    <Dialog
      title={props.title}
      description={props.description}
      trigger={trigger}
      open={shown}
      onOpenChange={change}
    >
      <ConfirmForm {...props} close={() => change(false)} />
    </Dialog>
  );
}

function ConfirmForm(
  props: Omit<ConfirmDialogProps, "trigger" | "open" | "onOpenChange"> & { close: () => void },
) {
  const { confirmLabel, dismissLabel = "Cancel", onConfirm, danger, typeToConfirm, children, close } = props;
  const [typed, setTyped] = useState("");
  const [pending, setPending] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);
  const ready = !typeToConfirm || typed.trim() === typeToConfirm;

  async function confirm() {
    if (!ready || pending) return;
    setPending(true);
    setRefusal(null);
    try {
      const message = await onConfirm();
      if (message) setRefusal(message);
      else close();
    } catch {
      setRefusal("That did not work. Nothing was changed; try again in a moment.");
    } finally {
      setPending(false);
    }
  }

  return (
    <form
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        void confirm();
      }}
    >
      {children}
      {typeToConfirm && (
        <FieldFrame
          label={
            <>
              Type <span className="font-mono text-xs select-all">{typeToConfirm}</span> to confirm
            </>
          }
        >
          {(wiring) => (
            <Input
              {...wiring}
              mono
              autoComplete="off"
              value={typed}
              onChange={(event) => setTyped(event.target.value)}
            />
          )}
        </FieldFrame>
      )}
      <FieldErrors errors={refusal ? [refusal] : []} />
      <div className="flex flex-wrap justify-end gap-2">
        <DialogClose>
          <Button>{dismissLabel}</Button>
        </DialogClose>
        <Button type="submit" variant={danger ? "danger" : "primary"} disabled={!ready} pending={pending}>
          {confirmLabel}
        </Button>
      </div>
    </form>
  );
}
