"use client";

import type { ComponentProps, ReactNode } from "react";
import { cn } from "@/components/ui/class-names";
import { useEnteredEarly } from "@/components/ui/use-entered-early";

type SwitchProps = Omit<ComponentProps<"input">, "type" | "size" | "role" | "ref"> & {
  label: ReactNode;
  hint?: ReactNode;
  labelHidden?: boolean;
};

/** On or off at once, the label on the left: `<Switch name="live" label="Live" checked={…} onChange={…} />`. */
export function Switch({ label, hint, labelHidden, className, ...props }: SwitchProps) {
  const controlRef = useEnteredEarly<HTMLInputElement>(props);
  return (
    <label
      className={cn(
        "flex min-w-0 items-center justify-between gap-3 text-sm has-disabled:opacity-55",
        className,
      )}
    >
      <span className={cn("min-w-0", labelHidden && "sr-only")}>
        <span className="block">{label}</span>
        {hint && <span className="block text-xs text-muted">{hint}</span>}
      </span>
      <span className="relative inline-flex shrink-0">
        <input
          ref={controlRef}
          type="checkbox"
          role="switch"
          {...props}
          className="peer h-5 w-8 appearance-none rounded-full border border-transparent bg-neutral transition-colors checked:bg-accent disabled:cursor-not-allowed"
        />
        <span
          aria-hidden
          className="pointer-events-none absolute top-0.75 left-0.75 size-3.5 rounded-full bg-canvas shadow-control forced-color-adjust-none forced-colors:bg-[CanvasText] transition-transform peer-checked:translate-x-3 dark:bg-fg dark:peer-checked:bg-on-accent"
        />
      </span>
    </label>
  );
}
