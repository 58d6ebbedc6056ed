import type { ReactNode } from "react";
import { cn } from "@/components/ui/class-names";

type KeyValueListProps = {
  items: readonly { label: ReactNode; value: ReactNode; mono?: boolean }[];
  /** Narrow keys beside values (default), or keys above values in columns. */
  layout?: "rows" | "columns";
  className?: string;
};

/** Facts about one thing: `<KeyValueList items={[{ label: "Status", value: <Badge …/> }]} />`. */
export function KeyValueList({ items, layout = "rows", className }: KeyValueListProps) {
  if (layout === "columns") {
    return (
      <dl className={cn("flex flex-wrap gap-x-8 gap-y-3 text-sm", className)}>
        {items.map(({ label, value, mono }, index) => (
          <div key={index} className="min-w-0">
            <dt className="text-xs text-muted">{label}</dt>
            <dd className={cn("mt-0.5 wrap-anywhere", mono && "font-mono text-xs leading-5")}>{value}</dd>
          </div>
        ))}
      </dl>
    );
  }
  return (
    <dl className={cn("grid text-sm", className)}>
      {items.map(({ label, value, mono }, index) => (
        <div
          key={index}
          className="grid grid-cols-[minmax(7rem,2fr)_5fr] gap-x-4 border-b py-2 first:pt-0 last:border-b-0 last:pb-0"
        >
          <dt className="text-muted">{label}</dt>
          <dd className={cn("min-w-0 wrap-anywhere", mono && "font-mono text-xs leading-5")}>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
