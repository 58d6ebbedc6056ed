import Link from "next/link";
import type { ComponentProps } from "react";
import { type ButtonLook, buttonStyle } from "@/components/ui/button-style";

/** A link that looks like a button: `<LinkButton href="/endpoints/new" variant="primary">`. */
export function LinkButton({
  variant,
  size,
  iconOnly,
  className,
  ...props
}: ComponentProps<typeof Link> & ButtonLook) {
  return (
    <Link {...props} data-variant={variant} className={buttonStyle({ variant, size, iconOnly, className })} />
  );
}
