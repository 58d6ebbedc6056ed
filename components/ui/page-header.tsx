import { ChevronRight } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";

export type Crumb = { label: string; href: string };

type PageHeaderProps = {
  title: ReactNode;
  /** Beside the title: a badge of state. */
  badge?: ReactNode;
  description?: ReactNode;
  actions?: ReactNode;
  /** The way here, without the page itself. */
  breadcrumbs?: readonly Crumb[] | undefined;
  /** Below everything: link tabs. */
  children?: ReactNode;
};

/** The head of every page: one h1, a line about it, its actions. Bottom margin included. */
export function PageHeader({
  title,
  badge,
  description,
  actions,
  breadcrumbs = [],
  children,
}: PageHeaderProps) {
  return (
    <header className="mb-5">
      {breadcrumbs.length > 0 && (
        <nav aria-label="Breadcrumb" className="mb-1.5">
          <ol className="flex flex-wrap items-center gap-1 text-xs text-muted">
            {breadcrumbs.map(({ label, href }, index) => (
              <li key={href} className="flex items-center gap-1">
                {index > 0 && <ChevronRight aria-hidden className="size-3 shrink-0 text-subtle" />}
                <Link href={href} className="rounded-sm hover:text-fg hover:underline">
                  {label}
                </Link>
              </li>
            ))}
          </ol>
        </nav>
      )}
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div className="min-w-0">
          <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <h1 className="min-w-0 text-xl font-semibold break-words">{title}</h1>
            {badge}
          </div>
          {description && <div className="mt-1 max-w-2xl text-sm text-pretty text-muted">{description}</div>}
        </div>
        {actions && (
          // An EmptyState that says the same, larger and where one looks first, stands in for the main action.
          <div className="flex flex-wrap items-center gap-2 in-[main:has([data-takes-over])]:[&>[data-variant=primary]]:hidden">
            {actions}
          </div>
        )}
      </div>
      {children && <div className="mt-4">{children}</div>}
    </header>
  );
}
