import type { ComponentProps } from "react";
import { type ControlSize, controlStyle } from "@/components/ui/control-style";

export type InputProps = Omit<ComponentProps<"input">, "size"> & {
  size?: ControlSize | undefined;
  /** Code, URLs, ids: Geist Mono, and no spell check, capitals or correction. */
  mono?: boolean | undefined;
};

/** A bare text input. In a form take Field, which wires label, hint and errors around it. */
export function Input({ size, mono, className, ...props }: InputProps) {
  return (
    <input
      {...(mono && { spellCheck: false, autoCapitalize: "off", autoCorrect: "off" })}
      {...props}
      className={controlStyle(size, `${mono ? "font-mono" : ""} ${className ?? ""}`)}
    />
  );
}
