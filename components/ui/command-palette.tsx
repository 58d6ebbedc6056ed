"use client";

import { Command } from "cmdk";
import { Search } from "lucide-react";
import { Dialog as Primitive } from "radix-ui";
import { type ReactNode, useEffect, useState } from "react";
import { Kbd } from "@/components/ui/kbd";
import { useGivenBackFocus } from "@/components/ui/use-given-back-focus";

export type CommandItem = {
  id: string;
  label: string;
  /** Muted, on the right: a path, a state, a shortcut. */
  hint?: ReactNode;
  icon?: ReactNode;
  /** Further words that find it. */
  keywords?: readonly string[];
  onSelect: () => void;
};
export type CommandGroup = { heading: string; items: readonly CommandItem[] };

type CommandPaletteProps = {
  groups: readonly CommandGroup[];
  open: boolean;
  onOpenChange: (open: boolean) => void;
  placeholder?: string;
  /** Told what is typed, so that the page can add groups found on the server. */
  onQueryChange?: (query: string) => void;
  /** Shown while such a search runs. */
  searching?: boolean;
};

/** Everything by keyboard: opens on Ctrl-K and Cmd-K anywhere. Items run `onSelect` and the palette closes. */
export function CommandPalette(props: CommandPaletteProps) {
  const { groups, open, onOpenChange, placeholder = "Go to or search", onQueryChange, searching } = props;
  const [query, setQuery] = useState("");
  const focus = useGivenBackFocus(false);
  useOpenShortcut(open, onOpenChange);

  function changeQuery(next: string) {
    setQuery(next);
    onQueryChange?.(next);
  }
  function changeOpen(next: boolean) {
    if (!next) changeQuery("");
    onOpenChange(next);
  }

  return (
    <Primitive.Root open={open} onOpenChange={changeOpen}>
      <Primitive.Portal>
        <Primitive.Overlay className="fixed inset-0 z-50 animate-fade-in bg-overlay" />
        <Primitive.Content
          aria-describedby={undefined}
          {...focus}
          className="fixed inset-x-3 top-[12vh] z-50 mx-auto max-w-xl animate-pop-in overflow-hidden rounded-xl bg-raised shadow-dialog outline-none"
        >
          <Primitive.Title className="sr-only">Command palette</Primitive.Title>
          <Command loop label="Commands">
            <div className="flex items-center gap-2.5 border-b px-4">
              <Search aria-hidden className="size-4 text-subtle" />
              <Command.Input
                value={query}
                onValueChange={changeQuery}
                placeholder={placeholder}
                className="h-12 min-w-0 flex-1 bg-transparent text-base outline-none placeholder:text-subtle"
              />
              <Kbd>Esc</Kbd>
            </div>
            <Command.List className="max-h-[min(24rem,60vh)] overflow-y-auto overscroll-contain p-1.5">
              <Command.Empty className="px-4 py-10 text-center text-sm text-muted">
                {searching ? "Searching…" : "Nothing found."}
              </Command.Empty>
              {groups.map((group) => (
                <PaletteGroup key={group.heading} group={group} close={() => changeOpen(false)} />
              ))}
            </Command.List>
          </Command>
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}

function PaletteGroup({ group, close }: { group: CommandGroup; close: () => void }) {
  return (
    <Command.Group
      heading={group.heading}
      className="[&_[cmdk-group-heading]]:px-2.5 [&_[cmdk-group-heading]]:pt-2.5 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:font-medium [&_[cmdk-group-heading]]:text-muted"
    >
      {group.items.map((item) => (
        <Command.Item
          key={item.id}
          value={`${item.label} ${item.id}`}
          keywords={[...(item.keywords ?? [])]}
          onSelect={() => {
            close();
            item.onSelect();
          }}
          className="flex h-9 cursor-pointer items-center gap-2.5 rounded-md px-2.5 text-sm data-[selected=true]:bg-hover [&>svg]:size-4 [&>svg]:shrink-0 [&>svg]:text-muted"
        >
          {item.icon}
          <span className="min-w-0 flex-1 truncate">{item.label}</span>
          {item.hint && <span className="truncate text-xs text-subtle">{item.hint}</span>}
        </Command.Item>
      ))}
    </Command.Group>
  );
}

function useOpenShortcut(open: boolean, onOpenChange: (open: boolean) => void) {
  useEffect(() => {
    function onKeyDown(event: KeyboardEvent) {
      if (
        event.key.toLowerCase() !== "k" ||
        !(event.metaKey || event.ctrlKey) ||
        event.shiftKey ||
        event.altKey
      )
        return;
      event.preventDefault();
      onOpenChange(!open);
    }
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, [open, onOpenChange]);
}
