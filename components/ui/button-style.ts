import { cn } from "@/components/ui/class-names";

export type ButtonVariant = "primary" | "secondary" | "ghost" | "danger" | "danger-quiet";
export type ButtonSize = "sm" | "md" | "lg";

export type ButtonLook = {
  /** `primary`: at most one per view. `secondary` (default), `ghost` in rows and toolbars, `danger` confirms. */
  variant?: ButtonVariant | undefined;
  /** Heights 28, 32 (default) and 40 px. */
  size?: ButtonSize | undefined;
  /** Square, for a single icon; give the button an `aria-label`. */
  iconOnly?: boolean | undefined;
  className?: string | undefined;
};

const variants: Record<ButtonVariant, string> = {
  primary: "border-transparent bg-accent text-on-accent shadow-control hover:bg-accent-strong",
  secondary:
    "border-line-strong bg-surface text-fg shadow-control hover:bg-hover dark:bg-raised dark:hover:bg-hover",
  ghost:
    "border-transparent text-muted hover:bg-hover hover:text-fg data-[state=open]:bg-hover data-[state=open]:text-fg",
  danger: "border-transparent bg-danger-strong text-on-danger shadow-control hover:brightness-110",
  "danger-quiet":
    "border-line-strong bg-surface text-danger-text shadow-control hover:border-danger-line hover:bg-danger-soft dark:bg-raised",
};

const sizes: Record<ButtonSize, string> = {
  sm: "h-7 gap-1.5 rounded-md px-2.5 text-xs [&_svg]:size-3.5",
  md: "h-8 gap-1.5 rounded-md px-3 text-sm [&_svg]:size-4",
  lg: "h-10 gap-2 rounded-lg px-4 text-base [&_svg]:size-4",
};

const squares: Record<ButtonSize, string> = { sm: "w-7 px-0", md: "w-8 px-0", lg: "w-10 px-0" };

/** The classes of a button, for the few elements that look like one and are something else (a link, a file input). */
export function buttonStyle({ variant = "secondary", size = "md", iconOnly, className }: ButtonLook): string {
  return cn(
    "inline-flex shrink-0 items-center justify-center border font-medium whitespace-nowrap select-none",
    "transition-[background-color,border-color,color,filter] duration-100 [&_svg]:shrink-0",
    "disabled:cursor-not-allowed disabled:opacity-55 aria-disabled:cursor-not-allowed aria-disabled:opacity-55",
    variants[variant],
    sizes[size],
    iconOnly && squares[size],
    className,
  );
}
