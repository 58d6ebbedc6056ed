import type { ReactNode } from "react";
import { Callout } from "@/components/ui/callout";
import { CopyButton } from "@/components/ui/copy-button";

type ShownOnceProps = {
  /** What it is: read by screen readers with the text. */
  label: string;
  text: string;
  /** Why to copy it now. */
  children: ReactNode;
};

/** A text that will not be shown again, with its copy button: `<ShownOnce label="The key" text={key}>…</ShownOnce>`. */
export function ShownOnce({ label, text, children }: ShownOnceProps) {
  return (
    <div className="grid min-w-0 gap-3">
      <Callout tone="success" live>
        {children}
      </Callout>
      <div className="flex min-w-0 items-start gap-2 rounded-md border border-line-strong bg-sunken py-1.5 pr-1.5 pl-3">
        <output aria-label={label} className="min-w-0 flex-1 py-1 font-mono text-xs wrap-anywhere select-all">
          {text}
        </output>
        <CopyButton text={text} label="Copy" iconOnly={false} variant="secondary" />
      </div>
    </div>
  );
}
