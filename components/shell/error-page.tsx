"use client";

import { RefreshCw } from "lucide-react";
import { MessagePage } from "@/components/shell/message-page";
import { Button } from "@/components/ui/button";
import { LinkButton } from "@/components/ui/link-button";

export type ErrorPageProps = { error: unknown; retry: () => void };

/** `framed` for an error of one page of the dashboard, whose navigation then stays. */
export function ErrorPage({ error, retry, framed }: ErrorPageProps & { framed?: boolean | undefined }) {
  const digest = digestOf(error);
  return (
    <MessagePage
      framed={framed}
      title="This page stumbled"
      actions={
        <>
          <Button variant="primary" onClick={retry}>
            <RefreshCw aria-hidden />
            Try again
          </Button>
          <LinkButton href="/">Go to the overview</LinkButton>
        </>
      }
    >
      <p>Deliveries go on without it. Try again; if it keeps happening, tell whoever runs this instance.</p>
      {digest && <p className="mt-2 font-mono text-xs text-subtle">Reference {digest}</p>}
    </MessagePage>
  );
}

/** What the server's log calls this error; its message stays on the server. */
function digestOf(error: unknown): string | null {
  return typeof error === "object" && error !== null && "digest" in error && typeof error.digest === "string"
    ? error.digest
    : null;
}
