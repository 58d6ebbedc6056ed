"use client";

import { Search, X } from "lucide-react";
import { type ComponentProps, useEffect } from "react";
import { cn } from "@/components/ui/class-names";
import { controlStyle } from "@/components/ui/control-style";
import { Kbd } from "@/components/ui/kbd";
import { useEnteredEarly } from "@/components/ui/use-entered-early";

type SearchInputProps = Omit<ComponentProps<"input">, "size" | "type" | "onChange" | "value"> & {
  label: string;
  value: string;
  onValueChange: (value: string) => void;
  /** Focused by the key "/" anywhere on the page. */
  shortcut?: boolean;
};

/** A search over the list below it. In a URL: UrlSearch. */
export function SearchInput({
  label,
  value,
  onValueChange,
  shortcut,
  className,
  ...props
}: SearchInputProps) {
  const onChange = (event: { target: { value: string } }) => onValueChange(event.target.value);
  const input = useEnteredEarly<HTMLInputElement>({ value, onChange });
  useEffect(() => {
    if (!shortcut) return;
    function onKeyDown(event: KeyboardEvent) {
      const target = event.target as HTMLElement;
      if (
        event.key !== "/" ||
        event.metaKey ||
        event.ctrlKey ||
        target.closest("input, textarea, select, [contenteditable]")
      )
        return;
      event.preventDefault();
      input.current?.focus();
    }
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, [shortcut, input]);

  return (
    <span className={cn("relative block w-full sm:w-64", className)}>
      <Search
        aria-hidden
        className="pointer-events-none absolute top-1/2 left-2.5 size-3.5 -translate-y-1/2 text-subtle"
      />
      <input
        ref={input}
        type="text"
        role="searchbox"
        aria-label={label}
        placeholder={label}
        autoComplete="off"
        spellCheck={false}
        {...props}
        value={value}
        onChange={onChange}
        onKeyDown={(event) => event.key === "Escape" && value !== "" && onValueChange("")}
        className={controlStyle("md", "px-8")}
      />
      <span className="absolute top-1/2 right-1 flex -translate-y-1/2 items-center">
        {value === "" ? (
          shortcut && (
            <span aria-hidden className="mr-1 pointer-coarse:hidden">
              <Kbd>/</Kbd>
            </span>
          )
        ) : (
          <button
            type="button"
            aria-label="Clear the search"
            onClick={() => {
              onValueChange("");
              // The button goes away, and the focus with it.
              input.current?.focus();
            }}
            className="grid size-6 place-items-center rounded-sm text-subtle hover:text-fg"
          >
            <X aria-hidden className="size-3.5" />
          </button>
        )}
      </span>
    </span>
  );
}
