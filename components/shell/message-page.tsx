import type { ReactNode } from "react";
import { HornMark } from "@/components/shell/logo";

type MessagePageProps = {
  /** A small line above: a status code. */
  overline?: string;
  title: string;
  children: ReactNode;
  actions?: ReactNode;
  /** Within the frame of the dashboard, which is the page's `main` already. */
  framed?: boolean | undefined;
};

/** A page that is only a message: not found, something broke. */
export function MessagePage({ overline, title, children, actions, framed }: MessagePageProps) {
  const Frame = framed ? "div" : "main";
  return (
    <Frame className="grid min-h-[70dvh] content-center justify-items-center px-6 py-16 text-center">
      <HornMark className="size-10" />
      {overline && <p className="mt-5 font-mono text-xs text-subtle">{overline}</p>}
      <h1 className="mt-2 text-xl font-semibold text-balance">{title}</h1>
      <div className="mt-2 max-w-md text-sm text-balance text-muted">{children}</div>
      {actions && <div className="mt-6 flex flex-wrap justify-center gap-2">{actions}</div>}
    </Frame>
  );
}
