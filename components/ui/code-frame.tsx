import type { ReactNode } from "react";
import { cn } from "@/components/ui/class-names";
import { CopyButton } from "@/components/ui/copy-button";

export type CodeLook = {
  /** Above the code: a file name, a language. */
  title?: ReactNode;
  /** What the code is, for screen readers and the copy button: "the request body". */
  label: string;
  lineNumbers?: boolean;
  /** Breaks long lines instead of scrolling them sideways. */
  wrap?: boolean;
  /** Beside the copy button. */
  actions?: ReactNode;
  /** Without border and rounding: inside a flush card. */
  bare?: boolean;
  /** For instance a maximum height: `max-h-96`. */
  className?: string | undefined;
};

type CodeFrameProps = CodeLook & { copyText: string; children: ReactNode };

/** The frame that CodeBlock and CodePre share: title, copy button, and a box that scrolls by keyboard too. */
export function CodeFrame({
  title,
  label,
  lineNumbers,
  wrap,
  actions,
  bare,
  className,
  copyText,
  children,
}: CodeFrameProps) {
  return (
    <figure
      className={cn("group/code relative min-w-0 overflow-hidden bg-sunken", !bare && "rounded-lg border")}
    >
      {title && (
        <figcaption className="flex h-9 items-center justify-between gap-3 border-b pr-1.5 pl-3 text-xs text-muted">
          <span className="min-w-0 truncate font-mono">{title}</span>
          <span className="flex items-center gap-1">
            {actions}
            <CopyButton text={copyText} label={`Copy ${label}`} />
          </span>
        </figcaption>
      )}
      <pre
        role="group"
        tabIndex={0}
        aria-label={label}
        className={cn(
          "overflow-auto px-3 py-2.5 text-xs leading-5 text-code-plain -outline-offset-2",
          wrap ? "whitespace-pre-wrap wrap-anywhere" : "whitespace-pre",
          lineNumbers && "[counter-reset:line]",
          className,
        )}
      >
        {children}
      </pre>
      {!title && (
        <span className="absolute top-1.5 right-1.5 flex gap-1 rounded-md bg-sunken opacity-0 group-focus-within/code:opacity-100 group-hover/code:opacity-100 pointer-coarse:opacity-100">
          {actions}
          <CopyButton text={copyText} label={`Copy ${label}`} />
        </span>
      )}
    </figure>
  );
}

/** One line; its number is drawn by a counter, so that selecting the code leaves it out. */
export function CodeLine({ numbered, children }: { numbered: boolean | undefined; children: ReactNode }) {
  return (
    <span
      className={cn(
        "block min-h-5",
        numbered &&
          "before:mr-4 before:inline-block before:w-6 before:text-right before:text-subtle before:content-[counter(line)] before:[counter-increment:line]",
      )}
    >
      {children}
    </span>
  );
}
