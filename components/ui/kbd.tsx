import type { ReactNode } from "react";

/** A key: `<Kbd>⌘</Kbd><Kbd>K</Kbd>`. */
export function Kbd({ children }: { children: ReactNode }) {
  return (
    <kbd className="inline-grid h-4.5 min-w-4.5 place-items-center rounded-sm border bg-sunken px-1 font-sans text-2xs text-subtle">
      {children}
    </kbd>
  );
}
