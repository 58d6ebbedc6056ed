"use client";

import { CalendarPlus, FileKey, Monitor, Moon, Plus, Send, Sun } from "lucide-react";
import { useTheme } from "next-themes";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { type CommandGroup, CommandPalette } from "@/components/ui/command-palette";
import { navGroupsFor, type Role } from "@/components/shell/nav-entries";
import { pageOfId } from "@/components/shell/page-of-id";

type AppCommandsProps = { role: Role; open: boolean; onOpenChange: (open: boolean) => void };

/** What one comes for most often, without the way over its list. Everybody may do these. */
const quickActs = [
  { label: "Create an endpoint", href: "/endpoints/new", icon: Plus, keywords: ["add", "url", "webhook"] },
  { label: "Publish an event", href: "/events/publish", icon: Send, keywords: ["send", "emit"] },
  { label: "Check a signature", href: "/docs/signature", icon: FileKey, keywords: ["verify", "secret"] },
  { label: "Book a meeting", href: "/scheduler/book", icon: CalendarPlus, keywords: ["calendar"] },
];

/** The command palette of the dashboard: every page this person may open, that of an id, what is done most, and the theme. */
export function AppCommands({ role, open, onOpenChange }: AppCommandsProps) {
  const router = useRouter();
  const { setTheme } = useTheme();
  const [query, setQuery] = useState("");
  const found = pageOfId(query);
  const byId: CommandGroup[] = found
    ? [
        {
          heading: "By its id",
          items: [
            {
              id: found.id,
              label: found.label,
              hint: found.id,
              icon: <found.icon aria-hidden />,
              keywords: [query],
              onSelect: () => router.push(found.href),
            },
          ],
        },
      ]
    : [];
  const pages: CommandGroup = {
    heading: "Go to",
    items: navGroupsFor(role).flatMap((group) =>
      group.entries.map(({ label, href, icon: Icon, keywords = [] }) => ({
        id: href,
        label,
        icon: <Icon aria-hidden />,
        keywords,
        onSelect: () => router.push(href),
      })),
    ),
  };
  const acts: CommandGroup = {
    heading: "Do",
    items: quickActs.map(({ label, href, icon: Icon, keywords }) => ({
      id: href,
      label,
      icon: <Icon aria-hidden />,
      keywords,
      onSelect: () => router.push(href),
    })),
  };
  const appearance: CommandGroup = {
    heading: "Theme",
    items: [
      {
        id: "theme-system",
        label: "Theme like the system",
        icon: <Monitor aria-hidden />,
        onSelect: () => setTheme("system"),
      },
      {
        id: "theme-light",
        label: "Light theme",
        icon: <Sun aria-hidden />,
        onSelect: () => setTheme("light"),
      },
      { id: "theme-dark", label: "Dark theme", icon: <Moon aria-hidden />, onSelect: () => setTheme("dark") },
    ],
  };
  return (
    <CommandPalette
      open={open}
      onOpenChange={onOpenChange}
      groups={[...byId, pages, acts, appearance]}
      onQueryChange={setQuery}
      placeholder="Go to a page, or paste an id"
    />
  );
}
