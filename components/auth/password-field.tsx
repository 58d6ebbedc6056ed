"use client";

import { Eye, EyeOff } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { FieldFrame } from "@/components/ui/field";
import { Input } from "@/components/ui/input";

type PasswordFieldProps = {
  label: string;
  name: string;
  autoComplete: "current-password" | "new-password";
  hint?: string;
  errors?: readonly string[];
  size?: "md" | "lg";
};

/** A password with a button that shows it: typing it once and looking is better than typing it twice. */
export function PasswordField({ label, hint, errors, size = "lg", ...input }: PasswordFieldProps) {
  const [shown, setShown] = useState(false);
  const words = shown ? "Hide the password" : "Show the password";
  return (
    <FieldFrame label={label} hint={errors?.length ? undefined : hint} errors={errors}>
      {(wiring) => (
        <span className="relative block">
          <Input
            {...input}
            {...wiring}
            type={shown ? "text" : "password"}
            size={size}
            className="pr-10"
            autoCapitalize="off"
            autoCorrect="off"
            spellCheck={false}
            required
          />
          <Button
            variant="ghost"
            size="sm"
            iconOnly
            aria-label={words}
            title={words}
            aria-pressed={shown}
            onClick={() => setShown(!shown)}
            className="absolute top-1/2 right-1.5 -translate-y-1/2"
          >
            {shown ? <EyeOff aria-hidden /> : <Eye aria-hidden />}
          </Button>
        </span>
      )}
    </FieldFrame>
  );
}
