import type { ComponentProps, MouseEvent } from "react";
import { type ButtonLook, buttonStyle } from "@/components/ui/button-style";
import { Spinner } from "@/components/ui/spinner";

export type ButtonProps = ComponentProps<"button"> & ButtonLook & { pending?: boolean | undefined };

/**
 * `<Button variant="primary" onClick={...}>Create endpoint</Button>`, an icon as first child where it helps.
 * `pending` keeps the width and the focus, hides the label behind a spinner and swallows clicks. `type` is `button`
 * unless given; in a form use SubmitButton. Works as the child of a Radix trigger (`asChild`).
 */
export function Button({ variant, size, iconOnly, className, pending, children, ...props }: ButtonProps) {
  return (
    <button
      type="button"
      {...props}
      // Not `disabled`: the focus would be lost, and the keyboard would start from the top again.
      {...(pending && { "aria-disabled": true, "aria-busy": true, onClick: swallow })}
      className={buttonStyle({ variant, size, iconOnly, className: `relative ${className ?? ""}` })}
    >
      {pending ? (
        <>
          <span className="absolute inset-0 grid place-items-center">
            <Spinner />
          </span>
          <span className="inline-flex items-center gap-1.5 opacity-0">{children}</span>
        </>
      ) : (
        children
      )}
    </button>
  );
}

function swallow(event: MouseEvent): void {
  event.preventDefault();
}
