"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import { cn } from "@/components/ui/class-names";
import { isActiveEntry, type NavEntry, navGroupsFor, type Role } from "@/components/shell/nav-entries";

type NavListProps = {
  role: Role;
  /** In the sidebar, which may be a rail of icons; the drawer always shows the words. */
  canBeRail?: boolean;
  onNavigate?: () => void;
};

/** The way through the dashboard, drawn from nav-entries. */
export function NavList({ role, canBeRail = false, onNavigate }: NavListProps) {
  const pathname = usePathname();
  return (
    <nav aria-label="Main" className={cn("grid gap-4 px-2.5 md:gap-3", canBeRail && "rail:gap-2 rail:px-2")}>
      {navGroupsFor(role).map((group) => (
        <div key={group.label ?? "top"} className="grid gap-0.5">
          {group.label && (
            <>
              <p className={cn("px-2 pb-1 text-xs font-medium text-subtle", canBeRail && "rail:hidden")}>
                {group.label}
              </p>
              {canBeRail && <hr className="mx-2 mb-1.5 hidden border-line rail:block" />}
            </>
          )}
          <ul className="grid gap-0.5">
            {group.entries.map((entry) => (
              <li key={entry.href}>
                <NavLink
                  entry={entry}
                  active={isActiveEntry(entry, pathname)}
                  canBeRail={canBeRail}
                  onNavigate={onNavigate}
                />
              </li>
            ))}
          </ul>
        </div>
      ))}
    </nav>
  );
}

type NavLinkProps = {
  entry: NavEntry;
  active: boolean;
  canBeRail: boolean;
  onNavigate: (() => void) | undefined;
};

function NavLink({ entry, active, canBeRail, onNavigate }: NavLinkProps) {
  const Icon = entry.icon;
  return (
    <Link
      href={entry.href}
      aria-current={active ? "page" : undefined}
      onClick={onNavigate}
      className={cn(
        "group/nav relative flex h-8 items-center gap-2.5 rounded-md px-2 text-sm font-medium text-muted transition-colors duration-100 hover:bg-hover hover:text-fg",
        "aria-[current=page]:bg-hover aria-[current=page]:text-fg max-md:h-10",
        canBeRail && "rail:justify-center rail:px-0",
      )}
    >
      <Icon
        aria-hidden
        strokeWidth={1.75}
        className="size-4 shrink-0 text-subtle group-hover/nav:text-fg group-aria-[current=page]/nav:text-accent-text"
      />
      <span
        className={cn(
          "truncate",
          // As a rail the word becomes the icon's tip, for the pointer and the keyboard alike.
          canBeRail &&
            "rail:pointer-events-none rail:absolute rail:left-full rail:z-30 rail:ml-2 rail:rounded-md rail:bg-raised rail:px-2.5 rail:py-1 rail:text-xs rail:text-fg rail:opacity-0 rail:shadow-pop rail:group-hover/nav:opacity-100 rail:group-focus-visible/nav:opacity-100",
        )}
      >
        {entry.label}
      </span>
    </Link>
  );
}
