import {
  Activity,
  BookOpen,
  CalendarDays,
  FileJson2,
  Gauge,
  History,
  Inbox,
  KeyRound,
  type LucideIcon,
  Mail,
  RadioTower,
  ScrollText,
  Settings,
  ShieldAlert,
  Users,
  Webhook,
} from "lucide-react";

export type Role = "developer" | "admin" | "operator";

export type NavEntry = {
  label: string;
  href: string;
  icon: LucideIcon;
  /** Who sees the entry; without it, everyone who is signed in. The pages check again. */
  roles?: readonly Role[];
  /** More words the command palette finds it by. */
  keywords?: readonly string[];
};

export type NavGroup = { label: string | null; entries: readonly NavEntry[] };

const admins: readonly Role[] = ["admin", "operator"];

/** Every way through the dashboard, in order. Sidebar, drawer and command palette are drawn from it. */
export const navGroups: readonly NavGroup[] = [
  { label: null, entries: [{ label: "Overview", href: "/", icon: Gauge, keywords: ["home", "dashboard"] }] },
  {
    label: "Delivery",
    entries: [
      { label: "Endpoints", href: "/endpoints", icon: Webhook, keywords: ["webhooks", "url", "secret"] },
      { label: "Logs", href: "/logs", icon: ScrollText, keywords: ["attempts", "requests", "responses"] },
    ],
  },
  {
    label: "Publishing",
    entries: [
      { label: "Events", href: "/events", icon: RadioTower, keywords: ["publish"] },
      { label: "Event types", href: "/event-types", icon: FileJson2, keywords: ["catalog", "schema"] },
      {
        label: "Scheduler",
        href: "/scheduler",
        icon: CalendarDays,
        keywords: ["meetings", "calendar", "book", "appointments"],
      },
    ],
  },
  {
    label: "Build",
    entries: [
      { label: "Test inbox", href: "/inbox", icon: Inbox, keywords: ["receiver"] },
      { label: "API keys", href: "/api-keys", icon: KeyRound, roles: admins, keywords: ["token"] },
      { label: "Docs", href: "/docs", icon: BookOpen, keywords: ["help", "signature", "openapi"] },
    ],
  },
  {
    label: "Organization",
    entries: [
      {
        label: "Review",
        href: "/review",
        icon: ShieldAlert,
        roles: admins,
        keywords: ["failing", "probation", "disabled"],
      },
      {
        label: "Notifications",
        href: "/notifications",
        icon: Mail,
        roles: admins,
        keywords: ["mail", "outbox", "preferences"],
      },
      {
        label: "Audit log",
        href: "/audit-log",
        icon: History,
        roles: admins,
        keywords: ["who", "changes", "history", "security"],
      },
      { label: "Members", href: "/members", icon: Users, roles: admins, keywords: ["invite", "people"] },
      {
        label: "Settings",
        href: "/settings",
        icon: Settings,
        roles: admins,
        keywords: ["profile", "domains", "preferences", "service accounts", "logo"],
      },
    ],
  },
  {
    label: "Instance",
    entries: [
      {
        label: "Operations",
        href: "/operations",
        icon: Activity,
        roles: ["operator"],
        keywords: ["queue", "ledger", "stuck", "workers"],
      },
    ],
  },
];

/** The groups a person sees, without the empty ones. */
export function navGroupsFor(role: Role): NavGroup[] {
  return navGroups
    .map((group) => ({
      ...group,
      entries: group.entries.filter((entry) => entry.roles?.includes(role) ?? true),
    }))
    .filter((group) => group.entries.length > 0);
}

/** Whether the page at `pathname` belongs to the entry: itself or anything below it. */
export function isActiveEntry(entry: NavEntry, pathname: string): boolean {
  return pathname === entry.href || (entry.href !== "/" && pathname.startsWith(`${entry.href}/`));
}
