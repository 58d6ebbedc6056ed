import Link from "next/link";
import { statusTones } from "@/components/endpoints/endpoint-words";
import { Card } from "@/components/ui/card";
import { cn } from "@/components/ui/class-names";
import { StateDot } from "@/components/ui/state-dot";
import { solidTone, type Tone } from "@/components/ui/tone";
import type { OverviewOut } from "@/lib/schemas/overview";

type Count = OverviewOut["endpoints"][number];

const groups: { label: string; tone: Tone; href: string; holds: (count: Count) => boolean }[] = [
  {
    label: "Healthy",
    tone: "success",
    href: "/endpoints?state=active&status=healthy",
    holds: ({ state, status }) => state === "active" && status === "healthy",
  },
  {
    label: "Warning",
    tone: "warning",
    href: "/endpoints?status=warning",
    holds: ({ state, status }) => state === "active" && status === "warning",
  },
  {
    label: "Probation",
    tone: statusTones.probation,
    href: "/endpoints?status=probation",
    holds: ({ state, status }) => state === "active" && status === "probation",
  },
  {
    label: "Failing",
    tone: "danger",
    href: "/endpoints?status=failing",
    holds: ({ state, status }) => state === "active" && status === "failing",
  },
  {
    label: "Validating",
    tone: "info",
    href: "/endpoints?state=validating",
    holds: ({ state }) => state === "validating",
  },
  {
    label: "Disabled",
    tone: "neutral",
    href: "/endpoints?state=disabled",
    holds: ({ state }) => state === "disabled",
  },
];

/** How many endpoints are in which state, as one bar and in numbers. */
export function EndpointStates({ counts }: { counts: readonly Count[] }) {
  const rows = groups
    .map((group) => ({
      ...group,
      count: counts.filter(group.holds).reduce((sum, { count }) => sum + count, 0),
    }))
    .filter(({ count }) => count > 0);
  if (rows.length === 0) return null;
  return (
    <Card title="Endpoints" className="@container">
      <div aria-hidden className="mb-3 flex h-1.5 gap-0.5 overflow-hidden rounded-full">
        {rows.map(({ label, tone, count }) => (
          <span key={label} className={cn("min-w-1", solidTone[tone])} style={{ flexGrow: count }} />
        ))}
      </div>
      <ul className="-mx-2 grid gap-x-4 @lg:grid-cols-2 @2xl:grid-cols-3">
        {rows.map(({ label, tone, href, count }) => (
          <li key={label}>
            <Link
              href={href}
              className="flex items-center gap-2 rounded-md px-2 py-1.5 text-sm hover:bg-hover"
            >
              <StateDot tone={tone} />
              <span className="flex-1">{label}</span>
              <span className="font-medium tabular-nums">{count}</span>
            </Link>
          </li>
        ))}
      </ul>
    </Card>
  );
}
