"use client";

import { Command } from "cmdk";
import { ChevronDown } from "lucide-react";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/class-names";
import { Popover } from "@/components/ui/popover";

export type MultiSelectOption = { value: string; label: string; hint?: string; group?: string };

type MultiSelectProps = {
  /** The name of the filter, on the button. */
  label: string;
  options: readonly MultiSelectOption[];
  value: readonly string[];
  onValueChange: (value: string[]) => void;
  searchPlaceholder?: string;
};

/** Some of many, with a search: a button that says what is chosen, and a list to tick. In a URL: UrlMultiSelect. */
export function MultiSelect({
  label,
  options,
  value,
  onValueChange,
  searchPlaceholder = "Find",
}: MultiSelectProps) {
  const groups = Map.groupBy(options, (option) => option.group ?? "");
  const toggle = (one: string) =>
    onValueChange(value.includes(one) ? value.filter((each) => each !== one) : [...value, one]);
  return (
    <Popover
      label={label}
      className="w-80 overflow-hidden p-0"
      trigger={
        <Button className={cn(value.length > 0 && "border-accent-line bg-accent-soft dark:bg-accent-soft")}>
          <span className="max-w-48 truncate">{describeChoice(label, options, value)}</span>
          <ChevronDown aria-hidden className="text-subtle" />
        </Button>
      }
    >
      <Command label={label}>
        <Command.Input
          placeholder={searchPlaceholder}
          className="h-10 w-full border-b bg-transparent px-3 text-sm outline-none placeholder:text-subtle"
        />
        <Command.List className="max-h-72 overflow-y-auto overscroll-contain p-1">
          <Command.Empty className="px-3 py-6 text-center text-sm text-muted">Nothing found.</Command.Empty>
          {[...groups].map(([group, members]) => (
            <Command.Group
              key={group}
              heading={group || undefined}
              className="[&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:text-muted"
            >
              {members.map((option) => (
                <Option
                  key={option.value}
                  option={option}
                  chosen={value.includes(option.value)}
                  toggle={toggle}
                />
              ))}
            </Command.Group>
          ))}
        </Command.List>
      </Command>
      {value.length > 0 && (
        <div className="border-t p-1">
          <Button variant="ghost" size="sm" className="w-full" onClick={() => onValueChange([])}>
            Clear
          </Button>
        </div>
      )}
    </Popover>
  );
}

type OptionProps = { option: MultiSelectOption; chosen: boolean; toggle: (value: string) => void };

function Option({ option, chosen, toggle }: OptionProps) {
  return (
    <Command.Item
      value={option.value}
      keywords={[option.label, option.hint ?? ""]}
      onSelect={() => toggle(option.value)}
      className="flex min-h-8 cursor-pointer items-center gap-2.5 rounded-md px-2 py-1 text-sm data-[selected=true]:bg-hover"
    >
      <span
        aria-hidden
        className={cn(
          "grid size-4 shrink-0 place-items-center rounded-sm border border-neutral text-on-accent",
          chosen && "border-accent bg-accent",
        )}
      >
        {chosen && (
          <svg viewBox="0 0 16 16" fill="none" className="size-4">
            <path
              d="m4 8.5 2.5 2.5L12 5.5"
              stroke="currentColor"
              strokeWidth="2"
              strokeLinecap="round"
              strokeLinejoin="round"
            />
          </svg>
        )}
      </span>
      <span className="min-w-0 flex-auto wrap-anywhere">{option.label}</span>
      {chosen && <span className="sr-only">, chosen</span>}
      {option.hint && (
        <span className="min-w-16 shrink-999 truncate text-right text-xs text-subtle">{option.hint}</span>
      )}
    </Command.Item>
  );
}

function describeChoice(
  label: string,
  options: readonly MultiSelectOption[],
  value: readonly string[],
): string {
  if (value.length === 0) return label;
  if (value.length > 1) return `${label}: ${value.length}`;
  return `${label}: ${options.find((option) => option.value === value[0])?.label ?? value[0]}`;
}
