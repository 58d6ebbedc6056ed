"use client";

import { X } from "lucide-react";
import { Dialog as Primitive } from "radix-ui";
import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/class-names";
import { useGivenBackFocus } from "@/components/ui/use-given-back-focus";

export type DialogProps = {
  title: ReactNode;
  description?: ReactNode;
  /** The button that opens it. Without one, drive it by `open` and `onOpenChange`. */
  trigger?: ReactNode;
  open?: boolean | undefined;
  onOpenChange?: ((open: boolean) => void) | undefined;
  size?: "sm" | "md" | "lg" | undefined;
  /** Right-aligned row of buttons; wrap the one that cancels in DialogClose. */
  footer?: ReactNode;
  children?: ReactNode;
};

const widths = { sm: "max-w-sm", md: "max-w-lg", lg: "max-w-3xl" };

/**
 * `<Dialog trigger={<Button>Rotate</Button>} title="Rotate the secret" footer={...}>...</Dialog>`: modal, focus held
 * and given back, Escape closes. On a phone it sits at the bottom edge. A form may be the child and hold its buttons.
 */
export function Dialog({
  title,
  description,
  trigger,
  open,
  onOpenChange,
  size = "md",
  footer,
  children,
}: DialogProps) {
  const focus = useGivenBackFocus(trigger !== undefined);
  return (
    <Primitive.Root open={open} onOpenChange={onOpenChange}>
      {trigger && <Primitive.Trigger asChild>{trigger}</Primitive.Trigger>}
      <Primitive.Portal>
        <Primitive.Overlay className="fixed inset-0 z-50 grid animate-fade-in items-end overflow-y-auto bg-overlay sm:items-center sm:p-6">
          <Primitive.Content
            {...(!description && { "aria-describedby": undefined })}
            {...focus}
            className={cn(
              "relative mx-auto w-full min-w-0 animate-pop-in rounded-t-xl bg-raised shadow-dialog outline-none sm:rounded-xl",
              widths[size],
            )}
          >
            <div className="grid gap-1 px-5 pt-4.5 pr-12">
              <Primitive.Title className="text-md font-semibold">{title}</Primitive.Title>
              {description && (
                <Primitive.Description className="text-sm text-muted">{description}</Primitive.Description>
              )}
            </div>
            <div className="px-5 pt-4 pb-5">{children}</div>
            {footer && <DialogFooter>{footer}</DialogFooter>}
            <Primitive.Close asChild>
              <Button
                variant="ghost"
                size="sm"
                iconOnly
                aria-label="Close"
                className="absolute top-3.5 right-3.5"
              >
                <X />
              </Button>
            </Primitive.Close>
          </Primitive.Content>
        </Primitive.Overlay>
      </Primitive.Portal>
    </Primitive.Root>
  );
}

/** The row of buttons of a dialog, for a form inside it that must hold its own submit button. */
export function DialogFooter({ children, className }: { children: ReactNode; className?: string }) {
  return (
    <div
      className={cn(
        "flex flex-wrap justify-end gap-2 rounded-b-xl border-t bg-canvas px-5 py-3 dark:bg-surface",
        className,
      )}
    >
      {children}
    </div>
  );
}

/** Makes its button close the dialog: `<DialogClose><Button>Cancel</Button></DialogClose>`. */
export function DialogClose({ children }: { children: ReactNode }) {
  return <Primitive.Close asChild>{children}</Primitive.Close>;
}
