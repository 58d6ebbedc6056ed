import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "@/components/ui/class-names";

type EmptyStateProps = {
  icon: LucideIcon;
  title: string;
  /** Why it is empty and what will fill it. */
  children?: ReactNode;
  /** The next step: usually one primary LinkButton. */
  action?: ReactNode;
  /** The action is also the page's main one: the button in its header waits until there is something. */
  takesOver?: boolean;
  /** Without a frame: inside a card or table. */
  bare?: boolean;
};

/** A list that has nothing yet: `<EmptyState icon={Webhook} title="No endpoints yet" action={...}>…</EmptyState>`. */
export function EmptyState({ icon: Icon, title, children, action, takesOver, bare }: EmptyStateProps) {
  return (
    <div
      data-takes-over={takesOver || undefined}
      className={cn(
        "grid content-center justify-items-center px-6 py-14 text-center",
        !bare && "rounded-lg border border-dashed border-line-strong",
      )}
    >
      <span className="grid size-10 place-items-center rounded-lg border bg-surface text-muted shadow-control">
        <Icon aria-hidden className="size-5" strokeWidth={1.75} />
      </span>
      <h2 className="mt-4 text-base font-semibold">{title}</h2>
      {children && <div className="mt-1 max-w-md text-sm text-balance text-muted">{children}</div>}
      {action && <div className="mt-5 flex flex-wrap justify-center gap-2">{action}</div>}
    </div>
  );
}
