"use client";

import { useRouter } from "next/navigation";
import { publishedLink, publishedText } from "@/components/settings/change-words";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { RowActions } from "@/components/ui/table";
import { toast } from "@/components/ui/toast";
import type { ActionResult } from "@/lib/schemas/action-result";
import type { ConfigurationChangeOut } from "@/lib/schemas/configuration-change";

type RemovalButtonProps = {
  /** What is removed, by its name. */
  name: string;
  description: string;
  confirmLabel: string;
  remove: () => Promise<ActionResult<ConfigurationChangeOut>>;
};

/** In a row's last cell: asks, removes, and tells in a toast what was published; a refusal stays in the dialog. */
export function RemovalButton({ name, description, confirmLabel, remove }: RemovalButtonProps) {
  const router = useRouter();

  async function removeNow() {
    const result = await remove();
    if (!result.ok) return result.message;
    const { events } = result.value;
    const link = publishedLink(events);
    toast.success(`Removed ${name}`, {
      description: publishedText(events),
      ...(link && { action: { label: link.label, onClick: () => router.push(link.href) } }),
    });
  }

  return (
    <RowActions>
      <ConfirmDialog
        danger
        title={`Remove ${name}`}
        description={description}
        confirmLabel={confirmLabel}
        onConfirm={removeNow}
        trigger={
          <Button variant="danger-quiet" size="sm">
            Remove
          </Button>
        }
      />
    </RowActions>
  );
}
