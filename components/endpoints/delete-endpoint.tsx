"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { toast } from "@/components/ui/toast";
import { endpointQueries } from "@/lib/queries/endpoints";
import type { ActionResult } from "@/lib/schemas/action-result";

type DeleteEndpointProps = {
  id: string;
  url: string;
  remove: (id: string) => Promise<ActionResult<void>>;
};

/** The end of an endpoint, behind typing its host. */
export function DeleteEndpoint({ id, url, remove }: DeleteEndpointProps) {
  const router = useRouter();
  const queries = useQueryClient();
  const { host } = new URL(url);

  async function confirm(): Promise<string | null> {
    const result = await remove(id);
    if (!result.ok) return result.message;
    toast.success("Endpoint deleted");
    router.push("/endpoints");
    void queries.invalidateQueries({
      queryKey: endpointQueries.list({ search: "", state: "", status: "" }).queryKey,
    });
    return null;
  }

  return (
    <Card
      className="max-w-4xl border-danger-line"
      title="Delete this endpoint"
      actions={
        <ConfirmDialog
          danger
          title="Delete this endpoint?"
          description="It cannot be brought back; a new one has a new secret."
          confirmLabel="Delete endpoint"
          typeToConfirm={host}
          onConfirm={confirm}
          trigger={<Button variant="danger-quiet">Delete endpoint</Button>}
        />
      }
    >
      <p className="max-w-prose text-sm text-muted">
        Its secrets and headers are erased and what waits for it is discarded. Its attempts stay readable
        until the retention ends.
      </p>
    </Card>
  );
}
