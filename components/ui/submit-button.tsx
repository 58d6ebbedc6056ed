"use client";

import { useRef } from "react";
import { useFormStatus } from "react-dom";
import { Button, type ButtonProps } from "@/components/ui/button";
import { useRefusedField } from "@/components/ui/use-refused-field";

/**
 * The submit button of a plain form: `<form action={...}><SubmitButton>Create endpoint</SubmitButton></form>`.
 * Pending by itself while the form's action runs (useFormStatus), or by `pending` from useActionState. With several
 * in one form, give each `name` and `value`: only the one that was pressed shows the spinner. After a refusal it hands
 * the focus to the first wrong field.
 */
export function SubmitButton({ pending = false, variant = "primary", ...props }: Omit<ButtonProps, "ref">) {
  const button = useRef<HTMLButtonElement>(null);
  const status = useFormStatus();
  const pressed = !props.name || status.data?.get(props.name) === props.value;
  useRefusedField(button, pending || status.pending);
  return (
    <Button
      type="submit"
      variant={variant}
      {...props}
      ref={button}
      disabled={props.disabled || (status.pending && !pressed)}
      pending={pending || (status.pending && pressed)}
    />
  );
}
