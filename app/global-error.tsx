"use client";

import "./globals.css";

import { MessagePage } from "@/components/shell/message-page";
import { Button } from "@/components/ui/button";

/** When the root layout itself fails: there is no provider and no font here, only the stylesheet. */
export default function GlobalError({ retry }: { error: unknown; retry: () => void }) {
  return (
    <html lang="en">
      <body>
        <title>Posthorn</title>
        <MessagePage
          title="Posthorn could not draw this page"
          actions={
            <Button variant="primary" onClick={retry}>
              Try again
            </Button>
          }
        >
          Deliveries go on without it. Try again; if it keeps happening, tell whoever runs this instance.
        </MessagePage>
      </body>
    </html>
  );
}
