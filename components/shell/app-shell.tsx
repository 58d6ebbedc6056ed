"use client";

import { Menu as MenuIcon, PanelLeft, Search } from "lucide-react";
import Link from "next/link";
import { signOut } from "next-auth/react";
import { type ReactNode, useState } from "react";
import { AppCommands } from "@/components/shell/app-commands";
import { ConnectionNote } from "@/components/shell/connection-note";
import { HornMark } from "@/components/shell/logo";
import { NavList } from "@/components/shell/nav-list";
import { type SidebarChoice, sidebarCookie } from "@/components/shell/sidebar-choice";
import { type ShellUser, UserMenu } from "@/components/shell/user-menu";
import { Button } from "@/components/ui/button";
import { Kbd } from "@/components/ui/kbd";
import { Sheet } from "@/components/ui/sheet";

type AppShellProps = {
  organizationName: string;
  user: ShellUser;
  /** From the cookie `sidebarCookie`, by parseSidebarChoice. */
  sidebar?: SidebarChoice;
  children: ReactNode;
};

const signOutNow = () => void signOut({ callbackUrl: "/sign-in" });

/**
 * The frame of every page behind sign-in, in app/(dashboard)/layout.tsx. Wide: a sidebar, by choice a rail of icons.
 * Medium: the rail. Phone: a bar on top with the navigation in a drawer. The page itself starts with PageHeader.
 */
export function AppShell({ organizationName, user, sidebar = "wide", children }: AppShellProps) {
  const [choice, setChoice] = useState(sidebar);
  const [commandsOpen, setCommandsOpen] = useState(false);

  function toggleSidebar() {
    const next = choice === "wide" ? "rail" : "wide";
    setChoice(next);
    document.cookie = `${sidebarCookie}=${next}; path=/; max-age=31536000; samesite=lax`;
  }

  return (
    <div data-sidebar={choice} className="flex min-h-dvh max-md:flex-col print:block">
      <a
        href="#content"
        className="fixed top-2 left-2 z-70 -translate-y-16 rounded-md bg-accent px-3 py-2 text-sm font-medium text-on-accent focus:translate-y-0"
      >
        Skip to content
      </a>
      <PhoneBar organizationName={organizationName} user={user} openCommands={() => setCommandsOpen(true)} />
      <aside className="sticky top-0 z-20 hidden h-dvh w-58 shrink-0 flex-col border-r bg-canvas md:flex rail:w-14 print:hidden">
        <SidebarHead
          organizationName={organizationName}
          toggle={toggleSidebar}
          openCommands={() => setCommandsOpen(true)}
        />
        <div className="scroll-cue min-h-0 flex-1 overflow-y-auto py-1 rail:overflow-visible rail:bg-none">
          <NavList role={user.role} canBeRail />
        </div>
        <div className="border-t p-2">
          <UserMenu user={user} onSignOut={signOutNow} canBeRail />
        </div>
      </aside>
      <main id="content" tabIndex={-1} className="min-w-0 flex-1 px-4 py-5 md:px-6 lg:px-8 lg:py-7">
        <div className="mx-auto w-full max-w-7xl">{children}</div>
      </main>
      <ConnectionNote />
      <AppCommands role={user.role} open={commandsOpen} onOpenChange={setCommandsOpen} />
    </div>
  );
}

type SidebarHeadProps = { organizationName: string; toggle: () => void; openCommands: () => void };

function SidebarHead({ organizationName, toggle, openCommands }: SidebarHeadProps) {
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-2.5 px-2.5 pt-3 pb-2 rail:justify-items-center rail:px-2">
      <div className="flex h-8 items-center gap-2">
        <Link href="/" className="flex min-w-0 flex-1 items-center gap-2.5 rounded-md px-1.5 py-1 rail:px-0">
          <HornMark />
          <span title={organizationName} className="truncate text-sm font-semibold rail:sr-only">
            {organizationName}
          </span>
        </Link>
        <Button
          variant="ghost"
          size="sm"
          iconOnly
          aria-label="Collapse the sidebar"
          onClick={toggle}
          className="hidden lg:inline-flex rail:hidden"
        >
          <PanelLeft />
        </Button>
      </div>
      <button
        type="button"
        onClick={openCommands}
        className="flex h-8 w-full items-center gap-2 rounded-md border border-line-strong bg-surface px-2 text-sm text-subtle shadow-control hover:text-fg dark:bg-sunken rail:size-8 rail:justify-center rail:px-0"
      >
        <Search aria-hidden className="size-4 shrink-0" />
        <span className="flex-1 text-left rail:sr-only">Go to…</span>
        <span aria-hidden className="flex gap-0.5 rail:hidden">
          <Kbd>Ctrl</Kbd>
          <Kbd>K</Kbd>
        </span>
      </button>
      <Button
        variant="ghost"
        size="sm"
        iconOnly
        aria-label="Expand the sidebar"
        onClick={toggle}
        className="hidden lg:rail:inline-flex"
      >
        <PanelLeft />
      </Button>
    </div>
  );
}

type PhoneBarProps = { organizationName: string; user: ShellUser; openCommands: () => void };

function PhoneBar({ organizationName, user, openCommands }: PhoneBarProps) {
  const [open, setOpen] = useState(false);
  return (
    <header className="sticky top-0 z-30 flex h-13 items-center gap-2 border-b bg-canvas px-2.5 md:hidden print:hidden">
      <Sheet
        side="left"
        title={organizationName}
        open={open}
        onOpenChange={setOpen}
        trigger={
          <Button variant="ghost" size="lg" iconOnly aria-label="Open the navigation">
            <MenuIcon />
          </Button>
        }
      >
        <div className="flex min-h-full flex-col">
          <div className="flex-1 py-3">
            <NavList role={user.role} onNavigate={() => setOpen(false)} />
          </div>
          <div className="border-t p-2">
            <UserMenu user={user} onSignOut={signOutNow} />
          </div>
        </div>
      </Sheet>
      <Link href="/" className="flex min-w-0 flex-1 items-center gap-2 text-base font-semibold">
        <HornMark className="size-5" />
        <span className="truncate">{organizationName}</span>
      </Link>
      <Button variant="ghost" size="lg" iconOnly aria-label="Go to a page" onClick={openCommands}>
        <Search />
      </Button>
    </header>
  );
}
