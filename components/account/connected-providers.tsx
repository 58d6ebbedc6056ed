"use client";

import { signIn } from "next-auth/react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { DisconnectDialog, type DisconnectAction } from "./disconnect-dialog";
import type { SignInProvider } from "@/lib/schemas/sign-in-provider";

type ConnectedProvidersProps = {
  providers: readonly (SignInProvider & { isConnected: boolean })[];
  /** What went wrong the last time. */
  refusal: string | null;
  email: string;
  /** Without one there would be nothing left to sign in with. */
  hasPassword: boolean;
  disconnect: DisconnectAction;
};

/** Which other ways lead to this account. Connecting needs the same, verified e-mail address there. */
export function ConnectedProviders(props: ConnectedProvidersProps) {
  const { providers, refusal, email, hasPassword, disconnect } = props;
  return (
    <div className="grid gap-3">
      {refusal && (
        <Callout tone="danger" live>
          {refusal}
        </Callout>
      )}
      <ul className="grid gap-3 text-sm">
        {providers.map(({ id, name, isConnected }) => (
          <li key={id} className="flex min-h-9 flex-wrap items-center justify-between gap-3">
            <span className="font-medium text-fg">{name}</span>
            {isConnected ? (
              <span className="flex items-center gap-3 text-muted">
                {hasPassword ? "Connected" : "Connected. To disconnect it, set a password first."}
                {hasPassword && <DisconnectDialog id={id} name={name} email={email} action={disconnect} />}
              </span>
            ) : (
              <Button onClick={() => void signIn(id, { callbackUrl: "/account" })}>Connect {name}</Button>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}
