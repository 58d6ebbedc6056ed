"use client";

import type { ReactNode } from "react";
import { FieldErrors, useGroupWiring } from "@/components/ui/field";
import { cn } from "@/components/ui/class-names";
import { useChosenEarly } from "@/components/ui/use-chosen-early";

export type RadioCard = {
  value: string;
  label: ReactNode;
  hint?: ReactNode;
  icon?: ReactNode;
  disabled?: boolean;
};

type RadioCardsProps = {
  name: string;
  legend: ReactNode;
  legendHidden?: boolean;
  options: readonly RadioCard[];
  /** In a plain form; or `value` with `onValueChange`. */
  defaultValue?: string | undefined;
  value?: string | undefined;
  onValueChange?: ((value: string) => void) | undefined;
  errors?: readonly string[] | undefined;
  /** Side by side from medium width on. */
  columns?: 1 | 2 | 3;
};

const grids = { 1: "", 2: "sm:grid-cols-2", 3: "sm:grid-cols-3" };

/** One of a few, each with a sentence: native radios, so it submits in a plain form and moves with the arrow keys. */
export function RadioCards(props: RadioCardsProps) {
  const {
    name,
    legend,
    legendHidden,
    options,
    defaultValue,
    value,
    onValueChange,
    errors = [],
    columns = 1,
  } = props;
  const { described, wrong, errorsId } = useGroupWiring({ errors });
  const cards = useChosenEarly(value, onValueChange);
  return (
    <fieldset role="radiogroup" {...described} {...wrong} className="grid min-w-0 gap-1.5">
      <legend className={cn("mb-1.5 text-sm font-medium", legendHidden && "sr-only")}>{legend}</legend>
      <div ref={cards} className={cn("grid gap-2", grids[columns])}>
        {options.map((option) => (
          <label
            key={option.value}
            className="flex min-w-0 gap-2.5 rounded-lg border border-line-strong bg-surface px-3 py-2.5 text-sm transition-colors hover:border-neutral has-checked:border-accent has-checked:bg-accent-soft has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent has-disabled:opacity-55"
          >
            <input
              type="radio"
              name={name}
              value={option.value}
              disabled={option.disabled}
              {...(value === undefined
                ? { defaultChecked: option.value === defaultValue }
                : { checked: option.value === value, onChange: () => onValueChange?.(option.value) })}
              className="mt-0.5 size-4 shrink-0 appearance-none rounded-full border border-neutral bg-surface outline-none checked:border-5 checked:border-accent dark:bg-sunken"
            />
            <span className="min-w-0 flex-1">
              <span className="block font-medium">{option.label}</span>
              {option.hint && <span className="block text-xs text-muted">{option.hint}</span>}
            </span>
            {option.icon && <span className="text-subtle [&>svg]:size-4">{option.icon}</span>}
          </label>
        ))}
      </div>
      <FieldErrors id={errorsId} errors={errors} />
    </fieldset>
  );
}
