"use client";

import { Tooltip as Primitive } from "radix-ui";
import type { ReactElement, ReactNode } from "react";

type TooltipProps = {
  content: ReactNode;
  /** One element that can take focus, so that the keyboard reaches the tip; it gets aria-describedby. */
  children: ReactElement;
  side?: "top" | "right" | "bottom" | "left";
};

/** `<Tooltip content="Copy"><Button iconOnly aria-label="Copy">…</Button></Tooltip>`: never the only place of a fact. */
export function Tooltip({ content, children, side = "top" }: TooltipProps) {
  return (
    <Primitive.Root>
      <Primitive.Trigger asChild>{children}</Primitive.Trigger>
      <Primitive.Portal>
        <Primitive.Content
          side={side}
          sideOffset={6}
          collisionPadding={8}
          className="z-60 max-w-80 animate-fade-in rounded-md bg-raised px-2.5 py-1.5 text-xs break-words text-fg shadow-pop"
        >
          {content}
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}

/** Around the application: one tip after another opens without a wait. */
export const TooltipProvider = ({ children }: { children: ReactNode }) => (
  <Primitive.Provider delayDuration={350} skipDelayDuration={200}>
    {children}
  </Primitive.Provider>
);
