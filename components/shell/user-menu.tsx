"use client";

import { ChevronsUpDown, CircleUser, LogOut, Monitor, Moon, Sun } from "lucide-react";
import { useTheme } from "next-themes";
import { cn } from "@/components/ui/class-names";
import { Menu, MenuItem, MenuLabel, MenuLink, MenuRadio, MenuSeparator } from "@/components/ui/dropdown-menu";
import type { Role } from "@/components/shell/nav-entries";

export type ShellUser = { name: string; email: string; role: Role };

type UserMenuProps = { user: ShellUser; onSignOut: () => void; canBeRail?: boolean };

const themes = [
  { value: "system", label: "Like the system", icon: <Monitor aria-hidden /> },
  { value: "light", label: "Light", icon: <Sun aria-hidden /> },
  { value: "dark", label: "Dark", icon: <Moon aria-hidden /> },
] as const;

/** Who is signed in, the theme, and the way out. */
export function UserMenu({ user, onSignOut, canBeRail = false }: UserMenuProps) {
  const { theme, setTheme } = useTheme();
  const wide = canBeRail && "rail:sr-only";
  return (
    <Menu
      side="top"
      align="start"
      className="w-56"
      trigger={
        <button
          type="button"
          className={cn(
            "flex w-full items-center gap-2.5 rounded-md p-1.5 text-left hover:bg-hover data-[state=open]:bg-hover",
            canBeRail && "rail:justify-center",
          )}
        >
          <span
            aria-hidden
            className="grid size-7 shrink-0 place-items-center rounded-full border border-accent-line bg-accent-soft text-2xs font-semibold text-accent-text"
          >
            {initialsOf(user.name)}
          </span>
          <span className={cn("min-w-0 flex-1", wide)}>
            <span className="block truncate text-sm font-medium">
              <span className="sr-only">Account: </span>
              {user.name}
            </span>
            <span className="block truncate text-xs text-muted capitalize">{user.role}</span>
          </span>
          <ChevronsUpDown aria-hidden className={cn("size-3.5 shrink-0 text-subtle", wide)} />
        </button>
      }
    >
      <MenuLabel>
        <span className="block truncate">{user.email}</span>
      </MenuLabel>
      <MenuSeparator />
      <MenuLink href="/account">
        <CircleUser aria-hidden />
        Account
      </MenuLink>
      <MenuSeparator />
      <MenuRadio label="Theme" value={theme} onValueChange={setTheme} options={themes} />
      <MenuSeparator />
      <MenuItem onSelect={onSignOut}>
        <LogOut aria-hidden />
        Sign out
      </MenuItem>
    </Menu>
  );
}

function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/);
  const letters = words.length > 1 ? [words[0], words.at(-1)] : [words[0]];
  return (
    letters
      .map((word) => Array.from(word ?? "")[0] ?? "")
      .join("")
      .toUpperCase() || "?"
  );
}
