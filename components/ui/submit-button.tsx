"use client";

import { useFormStatus } from "react-dom";
import { Button, type ButtonProps } from "@/components/ui/button";

/**
 * The submit button of a plain form: `<form action={...}><SubmitButton>Create endpoint</SubmitButton></form>`.
 * Pending by itself while the form's action runs (useFormStatus), or by `pending` from useActionState. With several
 * in one form, give each `name` and `value`: only the one that was pressed shows the spinner.
 */
export function SubmitButton({ pending, variant = "primary", ...props }: ButtonProps) {
  const status = useFormStatus();
  const pressed = !props.name || status.data?.get(props.name) === props.value;
  return (
    <Button
      type="submit"
      variant={variant}
      {...props}
      disabled={props.disabled || status.pending}
      pending={pending || (status.pending && pressed)}
    />
  );
}
