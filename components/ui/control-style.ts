import { cn } from "@/components/ui/class-names";

export type ControlSize = "sm" | "md" | "lg";

const heights: Record<ControlSize, string> = {
  sm: "h-7 px-2 text-xs",
  md: "h-8 px-2.5 text-sm",
  lg: "h-10 px-3 text-base",
};

/** The box that input, textarea, select and the pickers share. */
export function controlStyle(size: ControlSize | "auto" = "md", className?: string): string {
  return cn(
    "w-full min-w-0 rounded-md border border-line-control bg-surface text-fg shadow-control transition-colors duration-100",
    "placeholder:text-subtle hover:border-muted focus-visible:border-accent focus-visible:outline-1 focus-visible:outline-offset-0",
    "disabled:cursor-not-allowed disabled:bg-sunken disabled:text-muted [&[readonly]]:bg-sunken dark:bg-sunken",
    "aria-invalid:border-danger aria-invalid:focus-visible:outline-danger",
    size === "auto" ? "px-2.5 py-1.5 text-sm" : heights[size],
    className,
  );
}
