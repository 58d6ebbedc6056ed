import type { ReactNode } from "react";
import { cn } from "@/components/ui/class-names";

type SectionHeaderProps = {
  title: ReactNode;
  description?: ReactNode;
  actions?: ReactNode;
  /** Heading level within the page; 2 by default. */
  level?: 2 | 3 | undefined;
  className?: string | undefined;
};

/** The heading of a card or a part of a page, with one line about it and its actions on the right. */
export function SectionHeader({ title, description, actions, level = 2, className }: SectionHeaderProps) {
  const Heading = level === 2 ? "h2" : "h3";
  return (
    <div className={cn("flex flex-wrap items-start justify-between gap-x-4 gap-y-2", className)}>
      <div className="min-w-0">
        <Heading className="text-base font-semibold">{title}</Heading>
        {description && <p className="mt-0.5 max-w-2xl text-sm text-pretty text-muted">{description}</p>}
      </div>
      {actions && <div className="flex flex-wrap items-center gap-2">{actions}</div>}
    </div>
  );
}
