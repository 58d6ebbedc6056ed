"use client";

import { ChevronDown } from "lucide-react";
import type { ComponentProps } from "react";
import { cn } from "@/components/ui/class-names";
import { type ControlSize, controlStyle } from "@/components/ui/control-style";
import { useEnteredEarly } from "@/components/ui/use-entered-early";

export type SelectOption = { value: string; label: string; disabled?: boolean };
export type SelectProps = Omit<ComponentProps<"select">, "size" | "ref"> & {
  size?: ControlSize | undefined;
  /** Options in order; one with `options` is a group. Or give `<option>` children. */
  options?: readonly (SelectOption | { label: string; options: readonly SelectOption[] })[] | undefined;
};

/** The platform's own select: works before hydration, with the keyboard and on a phone. */
export function Select({ size = "md", options, className, children, ...props }: SelectProps) {
  const controlRef = useEnteredEarly(props);
  return (
    <span className={cn("relative block", className)}>
      <select ref={controlRef} {...props} className={controlStyle(size, "appearance-none pr-8")}>
        {options?.map((option) =>
          "options" in option ? (
            <optgroup key={option.label} label={option.label}>
              {option.options.map(renderOption)}
            </optgroup>
          ) : (
            renderOption(option)
          ),
        )}
        {children}
      </select>
      <ChevronDown
        aria-hidden
        className="pointer-events-none absolute top-1/2 right-2.5 size-3.5 -translate-y-1/2 text-subtle"
      />
    </span>
  );
}

function renderOption({ value, label, disabled }: SelectOption) {
  return (
    <option key={value} value={value} disabled={disabled}>
      {label}
    </option>
  );
}
