import { Badge } from "@/components/ui/badge";
import { cn } from "@/components/ui/class-names";
import { type SchemaRow, schemaRows } from "@/components/event-types/schema-rows";

/** The steps by which a property stands to the right of the object it belongs to. */
const indents = ["", "pl-4", "pl-8", "pl-12", "pl-16", "pl-20", "pl-24", "pl-28", "pl-32"];

/** What `data` is made of, readable without knowing JSON Schema. */
export function SchemaTable({ schema }: { schema: Readonly<Record<string, unknown>> }) {
  const rows = schemaRows(schema);
  if (rows.length === 0) {
    return (
      <p className="px-4 py-4 text-sm text-muted">The schema names no properties: any object is accepted.</p>
    );
  }
  return (
    <ul className="text-sm">
      {rows.map((row) => (
        <PropertyRow key={row.path} row={row} />
      ))}
    </ul>
  );
}

function PropertyRow({ row }: { row: SchemaRow }) {
  return (
    <li className="border-b px-4 py-2 last:border-b-0">
      <div
        className={cn(
          "grid gap-x-6 gap-y-0.5 md:grid-cols-[minmax(0,2fr)_minmax(0,3fr)]",
          row.depth > 0 && "border-l border-line-strong",
          indents[row.depth],
        )}
      >
        <div className="flex flex-wrap items-center gap-x-2.5 gap-y-1 self-start">
          <code className="font-mono text-xs font-medium wrap-anywhere" title={row.path}>
            {row.name}
          </code>
          <span className="text-xs text-muted">{row.type}</span>
          {!row.isRequired && <Badge>optional</Badge>}
        </div>
        <div className="min-w-0">
          {row.description && <p className="text-muted">{row.description}</p>}
          {row.rules.length > 0 && (
            <p className="text-xs wrap-anywhere text-subtle">{row.rules.join("; ")}</p>
          )}
        </div>
      </div>
    </li>
  );
}
