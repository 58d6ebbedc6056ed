"use client";

import { RefreshCw, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/class-names";

type ErrorStateProps = {
  title?: string;
  /** What the person can do or whether anything was lost; never a raw error message. */
  children?: ReactNode;
  onRetry?: () => void;
  retrying?: boolean;
  bare?: boolean;
};

/** A list that could not be loaded: `<ErrorState onRetry={() => query.refetch()} retrying={query.isFetching} />`. */
export function ErrorState({
  title = "This could not be loaded",
  children,
  onRetry,
  retrying,
  bare,
}: ErrorStateProps) {
  return (
    <div
      role="alert"
      className={cn(
        "grid content-center justify-items-center px-6 py-14 text-center",
        !bare && "rounded-lg border border-danger-line",
      )}
    >
      <span className="grid size-10 place-items-center rounded-lg border border-danger-line bg-danger-soft text-danger-text">
        <TriangleAlert aria-hidden className="size-5" strokeWidth={1.75} />
      </span>
      <h2 className="mt-4 text-base font-semibold">{title}</h2>
      <div className="mt-1 max-w-md text-sm text-balance text-muted">
        {children ?? "The server did not answer as expected. Nothing was changed; try again in a moment."}
      </div>
      {onRetry && (
        <Button className="mt-5" onClick={onRetry} pending={retrying}>
          <RefreshCw aria-hidden />
          Try again
        </Button>
      )}
    </div>
  );
}
