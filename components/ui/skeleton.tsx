import { cn } from "@/components/ui/class-names";

/** One grey bar in the shape of what is coming: `<Skeleton className="h-4 w-32" />`. Hidden from screen readers. */
export function Skeleton({ className }: { className?: string }) {
  return (
    <span
      aria-hidden
      className={cn(
        "block rounded-sm bg-line forced-colors:border dark:bg-line-strong/70 motion-safe:animate-shimmer",
        className,
      )}
    />
  );
}

// Widths that repeat after seven rows look like text; random ones would differ between server and browser.
const widths = ["w-3/5", "w-2/5", "w-1/2", "w-2/3", "w-1/3", "w-3/4", "w-5/12"];

type SkeletonRowsProps = {
  rows?: number;
  /** Columns after the first, shown from medium width. */ columns?: number;
  bare?: boolean;
};

/** A table that is loading: as high, row by row, as the table that replaces it. */
export function SkeletonRows({ rows = 8, columns = 3, bare }: SkeletonRowsProps) {
  return (
    <div role="status" className={cn("bg-surface", !bare && "rounded-lg border")}>
      <span className="sr-only">Loading</span>
      <div className="hidden h-8 border-b md:block" />
      {Array.from({ length: rows }, (_, row) => (
        <div key={row} className="flex h-10 items-center gap-6 border-b px-3 last:border-b-0 max-md:h-24">
          <div className="min-w-0 flex-2">
            <Skeleton className={cn("h-3.5", widths[row % widths.length])} />
          </div>
          {Array.from({ length: columns }, (_, column) => (
            <div key={column} className="hidden flex-1 md:block">
              <Skeleton className={cn("h-3.5", widths[(row + column + 2) % widths.length])} />
            </div>
          ))}
        </div>
      ))}
    </div>
  );
}

/** A card that is loading: a title and some lines of text. */
export function SkeletonCard({ lines = 3, className }: { lines?: number; className?: string }) {
  return (
    <div role="status" className={cn("rounded-lg border bg-surface p-4", className)}>
      <span className="sr-only">Loading</span>
      <Skeleton className="mb-4 h-4 w-32" />
      <div className="grid gap-2.5">
        {Array.from({ length: lines }, (_, line) => (
          <Skeleton key={line} className={cn("h-3.5", widths[(line + 3) % widths.length])} />
        ))}
      </div>
    </div>
  );
}

const bars = ["h-2/5", "h-3/5", "h-1/2", "h-4/5", "h-2/3", "h-1/3", "h-3/4", "h-1/2"];

/** A chart that is loading; give it the height of the chart. */
export function SkeletonChart({ heightPx = 200 }: { heightPx?: number }) {
  return (
    <div role="status" className="flex items-end gap-1.5 pb-6" style={{ height: heightPx }}>
      <span className="sr-only">Loading</span>
      {Array.from({ length: 24 }, (_, bar) => (
        <Skeleton key={bar} className={cn("flex-1", bars[(bar * 5) % bars.length])} />
      ))}
    </div>
  );
}
