import type { ReactNode } from "react";

type FilterBarProps = {
  children: ReactNode;
  /** On the right: a live badge, a count. */
  aside?: ReactNode;
};

/** The row above a list: `<FilterBar><UrlSearch …/><UrlMultiSelect …/><UrlTimeRange /><ClearFilters …/></FilterBar>`. */
export function FilterBar({ children, aside }: FilterBarProps) {
  return (
    <div
      role="search"
      aria-label="Filters"
      className="mb-3 flex flex-wrap items-center justify-between gap-2"
    >
      <div className="flex min-w-0 flex-1 flex-wrap items-center gap-2 max-sm:basis-full">{children}</div>
      {aside && <div className="flex items-center gap-2 text-xs text-muted">{aside}</div>}
    </div>
  );
}
