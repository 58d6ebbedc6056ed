"use client";

import { signIn } from "next-auth/react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import type { SignInProvider } from "@/lib/schemas/sign-in-provider";

type ProviderButtonsProps = {
  providers: readonly SignInProvider[];
  /** The path to go to afterwards. */
  goTo: string;
};

/** The other ways to sign in; nothing where there are none. */
export function ProviderButtons({ providers, goTo }: ProviderButtonsProps) {
  const [chosen, setChosen] = useState<string | null>(null);
  if (providers.length === 0) return null;
  function leave(id: string) {
    setChosen(id);
    void signIn(id, { callbackUrl: goTo });
  }
  return (
    <div className="mt-4 grid gap-2 border-t border-border pt-4">
      {providers.map(({ id, name }) => (
        <Button key={id} size="lg" className="w-full" pending={chosen === id} onClick={() => leave(id)}>
          Continue with {name}
        </Button>
      ))}
    </div>
  );
}
