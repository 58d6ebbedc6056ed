"use client";

import { Eye, EyeOff, RotateCw } from "lucide-react";
import { useState } from "react";
import { RotateSecret } from "@/components/endpoints/rotate-secret";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Card } from "@/components/ui/card";
import { CopyButton } from "@/components/ui/copy-button";
import { Countdown } from "@/components/ui/countdown";
import type { ActionResult } from "@/lib/schemas/action-result";
import type { SecretOut } from "@/lib/schemas/endpoint-secret";

type SecretPanelProps = {
  id: string;
  reveal: (id: string) => Promise<ActionResult<SecretOut>>;
  rotate: (id: string, overlapSeconds: number) => Promise<ActionResult<SecretOut>>;
};

const hidden = "whsec_••••••••••••••••••••••••••••••••";

/** The signing secret: hidden until it is asked for, because each look is written down. */
export function SecretPanel({ id, reveal, rotate }: SecretPanelProps) {
  const [secrets, setSecrets] = useState<SecretOut | null>(null);
  const [pending, setPending] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);

  async function show() {
    setPending(true);
    setRefusal(null);
    try {
      const result = await reveal(id);
      if (result.ok) setSecrets(result.value);
      else setRefusal(result.message);
    } catch {
      setRefusal("The server did not answer. Try again in a moment.");
    } finally {
      setPending(false);
    }
  }

  return (
    <Card
      title="Signing secret"
      description="Signs every request to this endpoint. Your receiver checks the signature with it."
      actions={
        <RotateSecret
          rotate={async (overlapSeconds) => {
            const result = await rotate(id, overlapSeconds);
            if (!result.ok) return result.message;
            setSecrets(result.value);
            return null;
          }}
          trigger={
            <Button>
              <RotateCw aria-hidden />
              Rotate
            </Button>
          }
        />
      }
      footer="Each time a secret is shown, the audit log says who looked."
    >
      <div className="grid gap-4">
        {refusal && (
          <Callout tone="danger" live>
            {refusal}
          </Callout>
        )}
        <div className="flex flex-wrap items-center gap-2">
          <output
            aria-label={secrets ? "Signing secret" : "Signing secret, hidden"}
            className="min-w-0 flex-1 rounded-md border bg-sunken px-3 py-2 font-mono text-xs break-all"
          >
            {secrets ? secrets.secret : hidden}
          </output>
          {secrets ? (
            <>
              <CopyButton text={secrets.secret} label="Copy the secret" variant="secondary" size="md" />
              <Button onClick={() => setSecrets(null)}>
                <EyeOff aria-hidden />
                Hide
              </Button>
            </>
          ) : (
            <Button onClick={() => void show()} pending={pending}>
              <Eye aria-hidden />
              Reveal
            </Button>
          )}
        </div>
        {secrets && secrets.previous.length > 0 && <PreviousSecrets previous={secrets.previous} />}
      </div>
    </Card>
  );
}

function PreviousSecrets({ previous }: Pick<SecretOut, "previous">) {
  return (
    <div className="grid gap-2">
      <h3 className="text-sm font-medium">Earlier secrets that still sign</h3>
      <ul className="grid gap-2">
        {previous.map(({ secret, expiresAt }) => (
          <li key={secret} className="flex flex-wrap items-center gap-2 text-xs text-muted">
            <code className="min-w-0 flex-1 font-mono break-all">{secret}</code>
            <span>
              ends in <Countdown until={expiresAt} />
            </span>
            <CopyButton text={secret} label="Copy this secret" />
          </li>
        ))}
      </ul>
    </div>
  );
}
