import "./globals.css";

import { GeistMono } from "geist/font/mono";
import { GeistSans } from "geist/font/sans";
import type { Metadata, Viewport } from "next";
import { headers } from "next/headers";
import type { ReactNode } from "react";
import { Providers } from "@/components/providers";

export const metadata: Metadata = {
  title: { default: "Posthorn", template: "%s · Posthorn" },
  description: "Self-hosted webhooks: signed, retried, logged, explained.",
  robots: { index: false, follow: false },
};

export const viewport: Viewport = {
  width: "device-width",
  initialScale: 1,
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#fafaf8" },
    { media: "(prefers-color-scheme: dark)", color: "#0f0f0e" },
  ],
};

export default async function RootLayout({ children }: { children: ReactNode }) {
  const { nonce, renderedAtMs } = await describeRequest();
  return (
    // The theme script sets data-theme before React takes over.
    <html lang="en" className={`${GeistSans.variable} ${GeistMono.variable}`} suppressHydrationWarning>
      <body>
        <Providers nonce={nonce} renderedAtMs={renderedAtMs}>
          {children}
        </Providers>
      </body>
    </html>
  );
}

/** What the providers need of this request: the nonce of its policy, set by the proxy, and the time of rendering. */
async function describeRequest() {
  const nonce = (await headers()).get("x-nonce") ?? undefined;
  return { nonce, renderedAtMs: Date.now() };
}
