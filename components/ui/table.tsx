import type { ComponentProps, ReactNode } from "react";
import { cn } from "@/components/ui/class-names";
import { IntendedLink } from "@/components/ui/intended-link";

type TableProps = {
  /** What the rows are; read by screen readers, not shown. */
  caption: string;
  head: ReactNode;
  children: ReactNode;
  /** Below the rows, inside the frame: LoadMore, a count. */
  footer?: ReactNode;
  /** The frame has no border of its own: inside a flush Card. */
  bare?: boolean;
  className?: string;
};

/** In line with the heading of its card. */
const bareLook =
  "rounded-b-lg max-md:[&_tr]:px-4 md:[&_tr>:first-child]:pl-4 md:[&_tr>:last-child]:pr-4 [&>table+div]:px-4";

/**
 * A dense table with a header that stays in view. On a phone every row becomes a small card: a cell shows its
 * `label` before its content, a cell without one spans the card.
 * ```
 * <Table caption="Endpoints" head={<><HeaderCell>URL</HeaderCell><HeaderCell align="end">Sent</HeaderCell></>}>
 *   <Row><Cell><RowLink href="/endpoints/1">https://…</RowLink></Cell><Cell label="Sent" align="end">12</Cell></Row>
 * </Table>
 * ```
 * The roles are spelled out because `display: block` on a phone would take them away.
 */
export function Table({ caption, head, children, footer, bare, className }: TableProps) {
  return (
    <div
      className={cn("min-w-0 [overflow:clip] bg-surface", bare ? bareLook : "rounded-lg border", className)}
    >
      <table role="table" className="w-full border-separate border-spacing-0 text-sm max-md:block">
        <caption className="sr-only">{caption}</caption>
        <thead role="rowgroup" className="max-md:sr-only">
          <tr role="row">{head}</tr>
        </thead>
        <tbody role="rowgroup" className="max-md:block">
          {children}
        </tbody>
      </table>
      {footer && <div className="border-t px-3 py-2">{footer}</div>}
    </div>
  );
}

type HeaderCellProps = Omit<ComponentProps<"th">, "align"> & {
  align?: "start" | "end";
  /** The column needs no visible heading: actions. Give the words for screen readers as children. */
  hidden?: boolean;
};

export function HeaderCell({ align = "start", hidden, className, children, ...props }: HeaderCellProps) {
  return (
    <th
      role="columnheader"
      scope="col"
      {...props}
      className={cn(
        "sticky top-0 z-10 h-8 border-b bg-surface px-3 text-xs font-medium whitespace-nowrap text-muted",
        align === "end" ? "text-right" : "text-left",
        className,
      )}
    >
      {hidden ? <span className="sr-only">{children}</span> : children}
    </th>
  );
}

type RowProps = ComponentProps<"tr"> & { selected?: boolean };

/** A row; with a RowLink inside, all of it leads there, and its other buttons still work. */
export function Row({ selected, className, ...props }: RowProps) {
  return (
    <tr
      role="row"
      aria-selected={selected}
      {...props}
      className={cn(
        "group/row relative has-[[data-row-link]]:hover:bg-hover aria-selected:bg-accent-soft",
        "max-md:grid max-md:grid-cols-[auto_minmax(0,1fr)] max-md:gap-x-4 max-md:items-baseline max-md:gap-y-1 max-md:border-b max-md:px-3 max-md:py-2.5 max-md:last:border-b-0 max-md:has-[[data-row-actions]>:only-child]:pr-12",
        // The corner of the card is the button's: a long title wraps before it.
        "max-md:has-[[data-row-actions]>:only-child]:[&>td:first-child>div]:pr-14",
        className,
      )}
    />
  );
}

type CellProps = Omit<ComponentProps<"td">, "align"> & {
  /** The heading shown beside the content on a phone. */
  label?: string;
  align?: "start" | "end";
  /** Ids, URLs and codes: Geist Mono. */
  mono?: boolean;
  /** Left out on a phone. */
  wideOnly?: boolean;
};

export function Cell({ label, align = "start", mono, wideOnly, className, children, ...props }: CellProps) {
  return (
    <td
      role="cell"
      {...props}
      className={cn(
        "h-10 border-b px-3 py-1.5 align-middle tabular-nums group-last/row:border-b-0",
        "max-md:contents",
        align === "end" && "text-right",
        mono && "font-mono text-xs",
        wideOnly && "max-md:hidden",
        className,
      )}
    >
      {label && (
        <span aria-hidden className="text-left font-sans text-xs text-muted md:hidden">
          {label}
        </span>
      )}
      <div
        className={cn(
          "min-w-0 text-left wrap-anywhere",
          align === "end" && "md:text-right",
          !label && "max-md:col-span-2",
        )}
      >
        {children}
      </div>
    </td>
  );
}

/** The link of a row: covers the whole row, opens in a new tab like any link. Put it in the first cell. */
export function RowLink({ className, ...props }: ComponentProps<typeof IntendedLink>) {
  return (
    <IntendedLink
      data-row-link
      {...props}
      className={cn(
        "font-medium after:absolute after:inset-0 after:rounded-sm focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-accent",
        className,
      )}
    />
  );
}

/** Holds the buttons of a row above its RowLink. On a phone a single one goes to the corner of the card. */
export function RowActions({ className, ...props }: ComponentProps<"div">) {
  return (
    <div
      data-row-actions
      {...props}
      className={cn(
        "relative z-1 flex items-center justify-end gap-1 max-md:justify-start",
        "max-md:has-[>:only-child]:absolute max-md:has-[>:only-child]:top-2 max-md:has-[>:only-child]:right-2",
        className,
      )}
    />
  );
}
