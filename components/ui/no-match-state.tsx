import { SearchX } from "lucide-react";
import type { ReactNode } from "react";
import { EmptyState } from "@/components/ui/empty-state";

type NoMatchStateProps = {
  title?: string;
  children?: ReactNode;
  /** The way back: `<ClearFilters .../>` or a LinkButton to the list without filters. */
  action: ReactNode;
  bare?: boolean;
};

/** A list that has rows, none of which match the filters. */
export function NoMatchState({
  title = "Nothing matches these filters",
  children,
  action,
  bare,
}: NoMatchStateProps) {
  return (
    <EmptyState icon={SearchX} title={title} action={action} bare={bare}>
      {children ?? "Widen the time range or take a filter away."}
    </EmptyState>
  );
}
