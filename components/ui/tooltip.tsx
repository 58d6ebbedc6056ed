"use client";

import { Tooltip as Primitive } from "radix-ui";
import {
  type MouseEvent,
  type PointerEvent,
  type ReactElement,
  type ReactNode,
  useRef,
  useState,
} from "react";

type TooltipProps = {
  content: ReactNode;
  /** One element that can take focus, so that the keyboard reaches the tip; it gets aria-describedby. */
  children: ReactElement;
  side?: "top" | "right" | "bottom" | "left";
  /** A finger, which cannot hover, opens it with a tap: on what does nothing else by itself, such as a time. */
  byTap?: boolean;
};

/** `<Tooltip content="Copy"><Button iconOnly aria-label="Copy">…</Button></Tooltip>`: never the only place of a fact. */
export function Tooltip({ content, children, side = "top", byTap = false }: TooltipProps) {
  const { open, setOpen, taps } = useTaps();
  return (
    <Primitive.Root open={open} onOpenChange={setOpen}>
      <Primitive.Trigger asChild {...(byTap && taps)}>
        {children}
      </Primitive.Trigger>
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

/** Opens and closes by a finger what a pointer opens by resting on it. A tap that leads somewhere is left alone. */
function useTaps() {
  const [open, setOpen] = useState(false);
  const touch = useRef({ isTouch: false, wasOpen: false });
  const taps = {
    onPointerDown(event: PointerEvent) {
      touch.current = { isTouch: event.pointerType === "touch", wasOpen: open };
    },
    onClick(event: MouseEvent) {
      const leadsOn = event.defaultPrevented || event.currentTarget.closest("a, button") !== null;
      if (!touch.current.isTouch || leadsOn) return;
      // Otherwise the click would close it again.
      event.preventDefault();
      setOpen(!touch.current.wasOpen);
    },
  };
  return { open, setOpen, taps };
}

/** Around the application: one tip after another opens without a wait. */
export const TooltipProvider = ({ children }: { children: ReactNode }) => (
  <Primitive.Provider delayDuration={350} skipDelayDuration={200}>
    {children}
  </Primitive.Provider>
);
