"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import { type ReactNode, useEffect, useRef } from "react";
import { cn } from "@/components/ui/class-names";

export type LinkTab = {
  label: ReactNode;
  href: string;
  /** A number or badge after the label. */ count?: ReactNode;
};

/**
 * Tabs that are pages: `<LinkTabs label="Endpoint" tabs={[{ label: "Overview", href: "/endpoints/1" }, …]} />`, in a
 * layout, below its PageHeader. The first tab is active only at exactly its address, the others also below theirs.
 */
export function LinkTabs({ label, tabs }: { label: string; tabs: readonly LinkTab[] }) {
  const pathname = usePathname();
  const active = tabs.findLast(
    ({ href }, index) => pathname === href || (index > 0 && pathname.startsWith(`${href}/`)),
  );
  const row = useActiveInView(pathname);
  return (
    <nav ref={row} aria-label={label} className="no-scrollbar overflow-x-auto border-b">
      <ul className="flex gap-4">
        {tabs.map((tab) => (
          <li key={tab.href}>
            <Link
              href={tab.href}
              aria-current={tab === active ? "page" : undefined}
              className={cn(
                "flex h-9 items-center gap-1.5 border-b-2 border-transparent text-sm font-medium whitespace-nowrap text-muted hover:text-fg",
                "-outline-offset-2 aria-[current=page]:border-accent aria-[current=page]:text-fg",
                "forced-colors:not-aria-[current=page]:border-[Canvas]",
              )}
            >
              {tab.label}
              {tab.count !== undefined && (
                <span className="text-xs font-normal text-subtle tabular-nums">{tab.count}</span>
              )}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** On a phone the row scrolls sideways: the active tab is brought into it, without moving the page. */
function useActiveInView(pathname: string) {
  const row = useRef<HTMLElement>(null);
  useEffect(() => {
    const active = row.current?.querySelector("[aria-current=page]");
    if (!row.current || !active) return;
    const frame = row.current.getBoundingClientRect();
    const { left, right } = active.getBoundingClientRect();
    row.current.scrollLeft += Math.max(0, right - frame.right) - Math.max(0, frame.left - left);
  }, [pathname]);
  return row;
}
