"use client";

import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import type { ActionResult } from "@/lib/schemas/action-result";

type SignOutEverywhereProps = { action: (input: Record<string, never>) => Promise<ActionResult<unknown>> };

export function SignOutEverywhere({ action }: SignOutEverywhereProps) {
  return (
    <ConfirmDialog
      title="Sign out everywhere"
      description="Every session of yours ends, this one included. You sign in again with your password."
      confirmLabel="Sign out everywhere"
      onConfirm={async () => {
        const result = await action({});
        return result.ok ? null : result.message;
      }}
      trigger={<Button>Sign out everywhere</Button>}
    />
  );
}
