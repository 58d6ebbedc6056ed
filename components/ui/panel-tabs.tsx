"use client";

import { Tabs as Primitive } from "radix-ui";
import type { ReactNode } from "react";

type PanelTab = { value: string; label: ReactNode; content: ReactNode };

type PanelTabsProps = {
  label: string;
  tabs: readonly PanelTab[];
  defaultValue?: string;
  /** On the right of the tabs: a copy button. */
  aside?: ReactNode;
};

/** Views of one thing that need no address of their own: languages of a code sample, headers and body. */
export function PanelTabs({ label, tabs, defaultValue = tabs[0]?.value ?? "", aside }: PanelTabsProps) {
  return (
    <Primitive.Root defaultValue={defaultValue}>
      <div className="mb-3 flex items-center justify-between gap-3 border-b">
        <Primitive.List aria-label={label} className="no-scrollbar flex gap-4 overflow-x-auto">
          {tabs.map((tab) => (
            <Primitive.Trigger
              key={tab.value}
              value={tab.value}
              className="h-8 border-b-2 border-transparent text-sm font-medium whitespace-nowrap text-muted -outline-offset-2 hover:text-fg data-[state=active]:border-accent data-[state=active]:text-fg forced-colors:data-[state=inactive]:border-[Canvas]"
            >
              {tab.label}
            </Primitive.Trigger>
          ))}
        </Primitive.List>
        {aside}
      </div>
      {tabs.map((tab) => (
        <Primitive.Content key={tab.value} value={tab.value} className="min-w-0 rounded-sm">
          {tab.content}
        </Primitive.Content>
      ))}
    </Primitive.Root>
  );
}
