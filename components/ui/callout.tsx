import { CircleCheck, CircleX, Info, type LucideIcon, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "@/components/ui/class-names";
import { softTone, textTone } from "@/components/ui/tone";

type CalloutTone = "info" | "success" | "warning" | "danger";

type CalloutProps = {
  tone?: CalloutTone;
  title?: ReactNode;
  children?: ReactNode;
  actions?: ReactNode;
  /** Announces it at once: for what appears after an action. */
  live?: boolean;
  className?: string;
};

const icons: Record<CalloutTone, LucideIcon> = {
  info: Info,
  success: CircleCheck,
  warning: TriangleAlert,
  danger: CircleX,
};

/** Something to know before going on: `<Callout tone="warning" title="On probation">…</Callout>`. */
export function Callout({ tone = "info", title, children, actions, live, className }: CalloutProps) {
  const Icon = icons[tone];
  return (
    <div
      role={live ? (tone === "danger" ? "alert" : "status") : undefined}
      className={cn("flex gap-2.5 rounded-lg border px-3.5 py-3 text-sm", softTone[tone], className)}
    >
      <Icon aria-hidden className="mt-0.5 size-4 shrink-0" />
      <div className="flex min-w-0 flex-1 flex-wrap items-start justify-between gap-x-4 gap-y-2.5">
        <div className="min-w-0 flex-1 basis-60">
          {title && <p className={cn("font-medium", textTone[tone])}>{title}</p>}
          {children && <div className="break-words text-fg">{children}</div>}
        </div>
        {actions && <div className="flex flex-wrap gap-2">{actions}</div>}
      </div>
    </div>
  );
}
