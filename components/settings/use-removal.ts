"use client";

import { useRouter } from "next/navigation";
import { publishedLink, publishedText } from "@/components/settings/change-words";
import { toast } from "@/components/ui/toast";
import type { ActionResult } from "@/lib/schemas/action-result";
import type { ConfigurationChangeOut } from "@/lib/schemas/configuration-change";

/** Runs a removal for a ConfirmDialog: a refusal comes back as text, a success is told in a toast. */
export function useRemoval() {
  const router = useRouter();
  return async (name: string, removed: Promise<ActionResult<ConfigurationChangeOut>>) => {
    const result = await removed;
    if (!result.ok) return result.message;
    const { events } = result.value;
    const link = publishedLink(events);
    toast.success(`Removed ${name}`, {
      description: publishedText(events),
      ...(link && { action: { label: link.label, onClick: () => router.push(link.href) } }),
    });
  };
}
