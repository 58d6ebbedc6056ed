"use client";

import { Check, Copy, X } from "lucide-react";
import { cn } from "@/components/ui/class-names";
import { shortenMiddle } from "@/components/ui/shorten-middle";
import { copyWords, useCopy } from "@/components/ui/use-copy";

type CopyableIdProps = {
  id: string;
  /** Shows all of it; shortened in the middle otherwise. */
  full?: boolean;
  className?: string;
};

/** An identifier in Geist Mono that copies itself when pressed: `<CopyableId id="evt_01k…" />`. */
export function CopyableId({ id, full, className }: CopyableIdProps) {
  const { copy, copied, failed } = useCopy();
  const shown = full ? id : shortenMiddle(id);
  const Icon = copied ? Check : failed ? X : Copy;
  return (
    <button
      type="button"
      title={failed ? copyWords.failed : id}
      aria-label={`Copy ${shown}`}
      onClick={() => copy(id)}
      className={cn(
        "group/id relative z-1 inline-flex max-w-full items-center gap-1 rounded-sm font-mono text-xs text-muted hover:text-fg",
        className,
      )}
    >
      <span className={cn("min-w-0", full ? "text-left wrap-anywhere" : "truncate")}>{shown}</span>
      <Icon
        aria-hidden
        className={cn(
          "size-3 shrink-0 opacity-0 group-hover/id:opacity-100 group-focus-visible/id:opacity-100 pointer-coarse:opacity-60",
          copied && "text-success-text opacity-100",
          failed && "text-danger-text opacity-100",
        )}
      />
    </button>
  );
}
