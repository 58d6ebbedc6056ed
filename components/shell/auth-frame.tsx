import type { ReactNode } from "react";
import { Logo } from "@/components/shell/logo";

type AuthFrameProps = {
  title: string;
  description?: ReactNode;
  children: ReactNode;
  /** Below the card: the other way in. */
  footer?: ReactNode;
};

/** The frame of the pages before sign-in: the logo and one centred card. */
export function AuthFrame({ title, description, children, footer }: AuthFrameProps) {
  return (
    <main id="content" className="grid min-h-dvh content-center justify-items-center gap-6 px-4 py-10">
      <Logo className="text-lg" />
      <div className="w-full max-w-96 rounded-xl border bg-surface p-6 shadow-control sm:p-7">
        <h1 className="text-lg font-semibold">{title}</h1>
        {description && <div className="mt-1 text-sm text-muted">{description}</div>}
        <div className="mt-5">{children}</div>
      </div>
      {footer && <div className="max-w-96 text-center text-sm text-muted">{footer}</div>}
    </main>
  );
}
