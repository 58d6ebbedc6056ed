"use client";

import { ThemeProvider } from "next-themes";
import { NuqsAdapter } from "nuqs/adapters/next/app";
import type { ReactNode } from "react";
import { config as configureZod } from "zod";
import { Announcer } from "@/components/ui/announcer";
import { ClockProvider } from "@/components/ui/clock";
import { Toaster } from "@/components/ui/toast";
import { TooltipProvider } from "@/components/ui/tooltip";

// Zod looks whether it may compile its schemas, and the page's policy reports the attempt as a violation.
if (typeof window !== "undefined") configureZod({ jitless: true });

type ProvidersProps = {
  /** Of this response's Content-Security-Policy, for the one inline script: the theme before the first paint. */
  nonce?: string | undefined;
  /** When the server rendered, in milliseconds since the epoch. */
  renderedAtMs: number;
  children: ReactNode;
};

// React warns about a script rendered in the browser, where it would not run; as plain text it is no script there.
const themeScript = { type: typeof window === "undefined" ? "text/javascript" : "text/plain" };

/** Everything that the components of every page rely on; around the whole application, in app/layout.tsx. */
export function Providers({ nonce, renderedAtMs, children }: ProvidersProps) {
  return (
    <ThemeProvider
      attribute="data-theme"
      defaultTheme="system"
      enableColorScheme={false}
      disableTransitionOnChange
      scriptProps={themeScript}
      {...(nonce && { nonce })}
    >
      <ClockProvider renderedAtMs={renderedAtMs}>
        <NuqsAdapter>
          <TooltipProvider>{children}</TooltipProvider>
          <Toaster />
          <Announcer />
        </NuqsAdapter>
      </ClockProvider>
    </ThemeProvider>
  );
}
