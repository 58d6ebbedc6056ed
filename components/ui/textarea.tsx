"use client";

import type { ComponentProps } from "react";
import { cn } from "@/components/ui/class-names";
import { controlStyle } from "@/components/ui/control-style";
import { useEnteredEarly } from "@/components/ui/use-entered-early";

export type TextareaProps = Omit<ComponentProps<"textarea">, "ref"> & { mono?: boolean | undefined };

/** Grows with its text where the browser can (field-sizing), from `rows` on. `mono` for JSON and code. */
export function Textarea({ mono, className, ...props }: TextareaProps) {
  const controlRef = useEnteredEarly(props);
  return (
    <textarea
      ref={controlRef}
      rows={4}
      {...(mono && { spellCheck: false, autoCapitalize: "off", autoCorrect: "off" })}
      {...props}
      className={controlStyle(
        "auto",
        cn("field-sizing-content max-h-128 resize-y", mono && "font-mono text-xs leading-5", className),
      )}
    />
  );
}
