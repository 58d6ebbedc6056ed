import type { ReactNode } from "react";

/** Running text of the guide: paragraphs, lists and code in one rhythm. */
export function Prose({ children }: { children: ReactNode }) {
  return (
    <div className="grid max-w-3xl gap-3 text-sm leading-6 text-muted [&_code]:rounded-sm [&_code]:bg-sunken [&_code]:px-1 [&_code]:py-0.5 [&_code]:font-mono [&_code]:text-xs [&_code]:text-fg [&_li]:pl-1 [&_strong]:font-medium [&_strong]:text-fg [&_ul]:grid [&_ul]:list-disc [&_ul]:gap-1.5 [&_ul]:pl-5 [&_ul]:marker:text-subtle">
      {children}
    </div>
  );
}

/** Text with `code` in backticks and blank lines between paragraphs, as the API's descriptions are written. */
export function MarkedText({ text }: { text: string }) {
  return (
    <Prose>
      {text.split(/\n{2,}/).map((paragraph, index) => (
        <p key={index}>
          {paragraph
            .split(/(`[^`]+`)/)
            .map((part, position) =>
              part.startsWith("`") ? <code key={position}>{part.slice(1, -1)}</code> : part,
            )}
        </p>
      ))}
    </Prose>
  );
}
