"use client";

import { useQueryClient } from "@tanstack/react-query";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { toast } from "@/components/ui/toast";
import { counted } from "@/lib/format/numbers";
import { operationQueries } from "@/lib/queries/operations";
import type { ActionResult } from "@/lib/schemas/action-result";
import type { HealedOut } from "@/lib/schemas/instance-status";

export type HealAction = (input: Record<string, never>) => Promise<ActionResult<HealedOut>>;

/** The one action that sets stuck deliveries going again; it may be pressed when nothing is stuck, too. */
export function HealDialog({ heal, urgent }: { heal: HealAction; urgent: boolean }) {
  const client = useQueryClient();
  async function confirm() {
    const result = await heal({});
    if (!result.ok) return result.message;
    toast.success(describe(result.value));
    await client.invalidateQueries({ queryKey: operationQueries.all() });
    return null;
  }
  return (
    <ConfirmDialog
      title="Release stuck deliveries?"
      description="Leases that nobody holds go back to the queue, held deliveries follow the state of their endpoint, and deliveries whose endpoint is gone are canceled. Nothing is sent that was not due. This is written to the audit log."
      confirmLabel="Release them"
      onConfirm={confirm}
      trigger={<Button variant={urgent ? "primary" : "secondary"}>Release stuck deliveries</Button>}
    />
  );
}

function describe({ leases, held, orphans }: HealedOut): string {
  const total = leases + held + orphans;
  return total === 0 ? "Nothing was stuck" : `${counted(total, "delivery", "deliveries")} released`;
}
