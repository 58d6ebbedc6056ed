"use client";

import { X } from "lucide-react";
import { Dialog as Primitive } from "radix-ui";
import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/class-names";
import { useGivenBackFocus } from "@/components/ui/use-given-back-focus";

type SheetProps = {
  title: ReactNode;
  /** Keeps the title for screen readers only, where the content has a heading of its own. */
  titleHidden?: boolean;
  trigger?: ReactNode;
  open?: boolean | undefined;
  onOpenChange?: ((open: boolean) => void) | undefined;
  /** `right` (default) for details beside a list, `left` for navigation. */
  side?: "left" | "right";
  /** Beside the title: link to the full page, previous and next. */
  actions?: ReactNode;
  className?: string;
  children: ReactNode;
};

/** A panel from the edge over the page: `<Sheet title="Attempt" open={…} onOpenChange={…}>`. Full width on a phone. */
export function Sheet(props: SheetProps) {
  const {
    title,
    titleHidden,
    trigger,
    open,
    onOpenChange,
    side = "right",
    actions,
    className,
    children,
  } = props;
  const focus = useGivenBackFocus(trigger !== undefined);
  return (
    <Primitive.Root open={open} onOpenChange={onOpenChange}>
      {trigger && <Primitive.Trigger asChild>{trigger}</Primitive.Trigger>}
      <Primitive.Portal>
        <Primitive.Overlay className="fixed inset-0 z-50 animate-fade-in bg-overlay" />
        <Primitive.Content
          aria-describedby={undefined}
          {...focus}
          className={cn(
            "fixed inset-y-0 z-50 flex flex-col bg-surface shadow-dialog outline-none",
            side === "right"
              ? "right-0 w-full animate-sheet-in sm:max-w-2xl"
              : "left-0 w-72 max-w-[85vw] animate-drawer-in",
            className,
          )}
        >
          <header
            className={cn(
              "flex items-center gap-2 border-b px-4",
              titleHidden ? "absolute top-2 right-0 border-0" : "h-12",
            )}
          >
            <Primitive.Title
              className={cn("min-w-0 flex-1 truncate text-base font-semibold", titleHidden && "sr-only")}
            >
              {title}
            </Primitive.Title>
            {actions}
            <Primitive.Close asChild>
              <Button variant="ghost" size="sm" iconOnly aria-label="Close">
                <X />
              </Button>
            </Primitive.Close>
          </header>
          <div className="min-h-0 flex-1 overflow-y-auto overscroll-contain">{children}</div>
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}
