"use client";

import type { ComponentProps, ReactNode } from "react";
import { cn } from "@/components/ui/class-names";
import { useEnteredEarly } from "@/components/ui/use-entered-early";

export type CheckboxProps = Omit<ComponentProps<"input">, "type" | "size" | "ref"> & {
  label: ReactNode;
  hint?: ReactNode;
  /** Keeps the label for screen readers only: in a table. */
  labelHidden?: boolean;
  /** Neither on nor off: some of what it stands for. */
  indeterminate?: boolean;
};

/** `<Checkbox name="scopes" value="events:write" label="events:write" hint="Publish events" />`: the platform's own. */
export function Checkbox({
  label,
  hint,
  labelHidden,
  indeterminate = false,
  className,
  ...props
}: CheckboxProps) {
  const controlRef = useEnteredEarly(props);
  return (
    <label
      className={cn(
        "group/check flex min-w-0 items-start gap-2.5 text-sm has-disabled:opacity-55",
        className,
      )}
    >
      <span className="relative mt-0.5 grid size-4 shrink-0 place-items-center">
        <input
          ref={(box) => {
            controlRef.current = box;
            if (box) box.indeterminate = indeterminate;
          }}
          type="checkbox"
          {...props}
          className={checkboxStyle}
        />
        <CheckMark />
      </span>
      <span className={cn("min-w-0", labelHidden && "sr-only")}>
        <span className="block break-words">{label}</span>
        {hint && <span className="block text-xs text-muted">{hint}</span>}
      </span>
    </label>
  );
}

/** The values of the ticked boxes of a box's fieldset, in the order of the page. */
export function tickedValues(box: HTMLInputElement): string[] {
  const ticked = box.closest("fieldset")?.querySelectorAll<HTMLInputElement>("input[type=checkbox]:checked");
  return [...(ticked ?? [])].map(({ value }) => value);
}

/** The box, for a checkbox that draws its label elsewhere; CheckMark must be its next sibling. */
export const checkboxStyle =
  "peer col-start-1 row-start-1 size-4 appearance-none rounded-sm border border-neutral bg-surface checked:border-accent checked:bg-accent indeterminate:border-accent indeterminate:bg-accent disabled:cursor-not-allowed dark:bg-sunken dark:checked:bg-accent dark:indeterminate:bg-accent";

/** The tick and the bar over a checkbox, whichever its state asks for. */
export function CheckMark() {
  return (
    <>
      <svg
        viewBox="0 0 16 16"
        fill="none"
        aria-hidden
        className={`${markStyle} peer-checked:not-peer-indeterminate:block`}
      >
        <path
          d="m4 8.5 2.5 2.5L12 5.5"
          stroke="currentColor"
          strokeWidth="2"
          strokeLinecap="round"
          strokeLinejoin="round"
        />
      </svg>
      <svg viewBox="0 0 16 16" fill="none" aria-hidden className={`${markStyle} peer-indeterminate:block`}>
        <path d="M4.5 8h7" stroke="currentColor" strokeWidth="2" strokeLinecap="round" />
      </svg>
    </>
  );
}

const markStyle =
  "pointer-events-none col-start-1 row-start-1 hidden size-4 text-on-accent forced-colors:text-[CanvasText]";
