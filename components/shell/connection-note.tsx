"use client";

import { LogIn, WifiOff } from "lucide-react";
import { useConnection } from "@/components/shell/use-connection";
import { Button } from "@/components/ui/button";

/** On every page: that it is not kept up to date any more, and why. Nothing while it is. */
export function ConnectionNote() {
  const connection = useConnection();
  return (
    <div
      role="status"
      className="pointer-events-none fixed inset-x-0 bottom-4 z-40 flex justify-center px-4 print:hidden"
    >
      {connection !== "live" && (
        <div className="pointer-events-auto flex animate-fade-in flex-wrap items-center gap-x-3 gap-y-2 rounded-lg border border-warning-line bg-warning-soft px-3.5 py-2.5 text-sm shadow-pop">
          {connection === "lost" ? <Lost /> : <SignedOut />}
        </div>
      )}
    </div>
  );
}

function Lost() {
  return (
    <>
      <WifiOff aria-hidden className="size-4 shrink-0 text-warning-text" />
      <p className="min-w-0 flex-1">
        <span className="font-medium text-warning-text">Connection lost.</span> What you see may be old; it
        goes on by itself.
      </p>
    </>
  );
}

/** Loading the page again leads to the sign-in page, and from there back here. */
function SignedOut() {
  return (
    <>
      <p className="min-w-0 flex-1">
        <span className="font-medium text-warning-text">Your session has ended.</span> What you see is not
        kept up to date.
      </p>
      <Button size="sm" onClick={() => window.location.reload()}>
        <LogIn aria-hidden />
        Sign in again
      </Button>
    </>
  );
}
