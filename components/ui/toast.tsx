"use client";

import { CircleCheck, CircleX, Info, TriangleAlert } from "lucide-react";
import { useTheme } from "next-themes";
import { Toaster as Sonner } from "sonner";
import { Spinner } from "@/components/ui/spinner";

export { toast } from "sonner";

/**
 * The place of toasts, once, in the providers. Anywhere on the client: `toast.success("Secret rotated")`,
 * `toast.error("…")`. A toast confirms; what a person must read or do belongs in a Callout.
 */
export function Toaster() {
  const { theme } = useTheme();
  return (
    <Sonner
      theme={theme === "dark" || theme === "light" ? theme : "system"}
      position="bottom-right"
      gap={8}
      icons={{
        success: <CircleCheck aria-hidden className="size-4 text-success-text" />,
        error: <CircleX aria-hidden className="size-4 text-danger-text" />,
        warning: <TriangleAlert aria-hidden className="size-4 text-warning-text" />,
        info: <Info aria-hidden className="size-4 text-info-text" />,
        loading: <Spinner className="text-muted" />,
      }}
      toastOptions={{
        unstyled: true,
        classNames: {
          toast:
            "flex w-full items-start gap-2.5 rounded-lg bg-raised px-3.5 py-3 font-sans text-sm text-fg shadow-pop sm:w-(--width)",
          icon: "mt-0.5 shrink-0",
          content: "min-w-0 flex-1",
          title: "font-medium break-words",
          description: "mt-0.5 text-muted break-words",
          actionButton:
            "ml-auto h-6 shrink-0 rounded-md border border-line-strong px-2 text-xs font-medium hover:bg-hover",
        },
      }}
    />
  );
}
