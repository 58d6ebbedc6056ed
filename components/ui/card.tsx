import type { ComponentProps, ReactNode } from "react";
import { cn } from "@/components/ui/class-names";
import { SectionHeader } from "@/components/ui/section-header";

type CardProps = Omit<ComponentProps<"section">, "title"> & {
  title?: ReactNode;
  description?: ReactNode;
  actions?: ReactNode;
  /** Without padding: for a table, a list or code that runs to the edge. */
  flush?: boolean | undefined;
  footer?: ReactNode;
};

/** `<Card title="Secret" description="..." actions={<Button/>} footer={...}>...</Card>`: one subject, one border. */
export function Card({
  title,
  description,
  actions,
  flush,
  footer,
  className,
  children,
  ...props
}: CardProps) {
  return (
    <section {...props} className={cn("min-w-0 rounded-lg border bg-surface", className)}>
      {title && (
        <SectionHeader
          title={title}
          description={description}
          actions={actions}
          className={cn("px-4 pt-3.5", flush ? "border-b pb-3.5" : "pb-0")}
        />
      )}
      <div className={cn(!flush && "p-4")}>{children}</div>
      {footer && (
        <div className="flex flex-wrap items-center gap-3 border-t px-4 py-3 text-xs text-muted">
          {footer}
        </div>
      )}
    </section>
  );
}
