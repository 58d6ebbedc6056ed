"use client";

import Link from "next/link";
import { type ComponentProps, useState } from "react";

/**
 * A link that fetches ahead what it leads to when somebody is about to follow it, not when it comes into sight: rows of a
 * list that stays up to date come into sight by the thousand, each with a request, and each was kept.
 */
export function IntendedLink(props: Omit<ComponentProps<typeof Link>, "prefetch">) {
  const [isIntended, setIsIntended] = useState(false);
  const intend = () => setIsIntended(true);
  return (
    <Link
      {...props}
      prefetch={isIntended ? null : false}
      onPointerEnter={intend}
      onTouchStart={intend}
      onFocus={intend}
    />
  );
}
