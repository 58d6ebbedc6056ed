import { ArrowUpRight } from "lucide-react";
import Link from "next/link";
import type { ComponentProps } from "react";
import { cn } from "@/components/ui/class-names";

type TextLinkProps = ComponentProps<typeof Link> & {
  /** Opens in a new tab, says so, and gives the other page neither opener nor referrer. */
  external?: boolean;
};

/** A link within text: `<TextLink href="/docs">the lifecycle</TextLink>`. */
export function TextLink({ external, className, children, ...props }: TextLinkProps) {
  return (
    <Link
      {...props}
      {...(external && { target: "_blank", rel: "noopener noreferrer" })}
      className={cn(
        "rounded-sm font-medium text-accent-text underline decoration-accent-line underline-offset-3 hover:decoration-current",
        className,
      )}
    >
      {children}
      {external && (
        <>
          <ArrowUpRight aria-hidden className="ml-0.5 inline size-3.5" />
          <span className="sr-only"> (opens in a new tab)</span>
        </>
      )}
    </Link>
  );
}
