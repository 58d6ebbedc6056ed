"use client";

import { type ReactNode, useId } from "react";
import { cn } from "@/components/ui/class-names";
import { useChosenEarly } from "@/components/ui/use-chosen-early";

export type Segment<Value extends string> = { value: Value; label: ReactNode; icon?: ReactNode };

type SegmentedControlProps<Value extends string> = {
  label: string;
  options: readonly Segment<Value>[];
  value: Value;
  onValueChange: (value: Value) => void;
  size?: "sm" | "md";
};

/** One of two to five, all in sight: native radios, moved with the arrow keys. In a URL: UrlSegmented. */
export function SegmentedControl<Value extends string>(props: SegmentedControlProps<Value>) {
  const { label, options, value, onValueChange, size = "md" } = props;
  const name = useId();
  const segments = useChosenEarly(value, (chosen) => onValueChange(chosen as Value));
  return (
    <fieldset className="min-w-0 max-w-full">
      <legend className="sr-only">{label}</legend>
      <div
        ref={segments}
        className="no-scrollbar inline-flex max-w-full gap-0.5 overflow-x-auto rounded-md border bg-sunken p-0.5"
      >
        {options.map((option) => (
          <label
            key={option.value}
            className={cn(
              "relative inline-flex cursor-pointer items-center gap-1.5 rounded-sm font-medium whitespace-nowrap text-muted select-none hover:text-fg",
              "has-checked:bg-surface has-checked:text-fg has-checked:ring-1 has-checked:ring-line-control has-checked:shadow-control dark:has-checked:bg-hover [&>svg]:size-3.5",
              "has-focus-visible:outline-2 has-focus-visible:outline-accent",
              "forced-colors:has-checked:forced-color-adjust-none forced-colors:has-checked:bg-[Highlight] forced-colors:has-checked:text-[HighlightText]",
              size === "sm" ? "h-6 px-2 text-xs" : "h-6.5 px-2.5 text-xs",
            )}
          >
            <input
              type="radio"
              name={name}
              value={option.value}
              checked={option.value === value}
              onChange={() => onValueChange(option.value)}
              className="absolute inset-0 appearance-none outline-none"
            />
            {option.icon}
            {option.label}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
