"use client";

import type { ComponentProps } from "react";
import { type ControlSize, controlStyle } from "@/components/ui/control-style";
import { useEnteredEarly } from "@/components/ui/use-entered-early";

export type InputProps = Omit<ComponentProps<"input">, "size" | "ref"> & {
  size?: ControlSize | undefined;
  /** Code, URLs, ids: Geist Mono, and no spell check, capitals or correction. */
  mono?: boolean | undefined;
};

/** A bare text input. In a form take Field, which wires label, hint and errors around it. */
export function Input({ size, mono, className, ...props }: InputProps) {
  const controlRef = useEnteredEarly(props);
  return (
    <input
      ref={controlRef}
      {...(mono && { spellCheck: false, autoCapitalize: "off", autoCorrect: "off" })}
      {...props}
      className={controlStyle(size, `${mono ? "font-mono" : ""} ${className ?? ""}`)}
    />
  );
}
