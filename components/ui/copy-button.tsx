"use client";

import { Check, Copy, X } from "lucide-react";
import { Button } from "@/components/ui/button";
import type { ButtonLook } from "@/components/ui/button-style";
import { copyWords, useCopy } from "@/components/ui/use-copy";

type CopyButtonProps = ButtonLook & {
  /** The text, or what makes it when the button is pressed (a long one, or one that must be fetched first). */
  text: string | (() => string | Promise<string>);
  /** What is copied: "Copy the secret". Shown as the label, or read aloud when `iconOnly` (default). */
  label?: string;
};

/** `<CopyButton text={secret} label="Copy the secret" />`; with `iconOnly={false}` it shows its label. */
export function CopyButton({
  text,
  label = "Copy",
  iconOnly = true,
  variant = "ghost",
  size = "sm",
  className,
}: CopyButtonProps) {
  const { copy, copied, failed } = useCopy();
  const Icon = copied ? Check : failed ? X : Copy;
  const said = copied ? copyWords.copied : failed ? copyWords.failed : label;
  return (
    <Button
      variant={variant}
      size={size}
      iconOnly={iconOnly}
      className={className}
      // The name stays what the button does; what came of it is announced.
      aria-label={label}
      title={iconOnly ? said : undefined}
      onClick={async () => copy(typeof text === "string" ? text : await text())}
    >
      <Icon aria-hidden className={copied ? "text-success-text" : failed ? "text-danger-text" : undefined} />
      {!iconOnly && (
        <span className="grid [&>*]:col-start-1 [&>*]:row-start-1">
          <span>{said}</span>
          <span aria-hidden className="invisible">
            {label}
          </span>
        </span>
      )}
    </Button>
  );
}
