"use client";

import { parseAsString, useQueryState } from "nuqs";
import { Badge } from "@/components/ui/badge";
import { FilterBar } from "@/components/ui/filter-bar/filter-bar";
import { ClearFilters, UrlSearch } from "@/components/ui/filter-bar/url-filters";
import { NoMatchState } from "@/components/ui/no-match-state";
import { SectionHeader } from "@/components/ui/section-header";
import { DottedName } from "@/components/ui/dotted-name";
import { Cell, HeaderCell, Row, RowLink, Table } from "@/components/ui/table";
import { counted } from "@/lib/format/numbers";

export interface CatalogEntry {
  name: string;
  description: string;
  deprecated: boolean;
}

export interface CatalogGroup {
  title: string;
  description: string;
  types: readonly CatalogEntry[];
}

/** Every event type by group, with a search that filters while typing. */
export function EventTypeCatalog({ groups }: { groups: readonly CatalogGroup[] }) {
  const [search] = useQueryState("q", parseAsString.withDefault(""));
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  const shown = groups
    .map((group) => ({ ...group, types: group.types.filter((type) => matches(type, words)) }))
    .filter((group) => group.types.length > 0);
  const count = shown.reduce((sum, group) => sum + group.types.length, 0);
  return (
    <>
      <FilterBar aside={<span aria-live="polite">{counted(count, "event type")}</span>}>
        <UrlSearch param="q" label="Find an event type" shortcut />
        <ClearFilters params={["q"]} />
      </FilterBar>
      {shown.length === 0 ? (
        <NoMatchState title="No event type matches" action={<ClearFilters params={["q"]} />}>
          Names and descriptions are searched.
        </NoMatchState>
      ) : (
        <div className="grid gap-7">
          {shown.map((group) => (
            <section key={group.title} className="grid min-w-0 gap-2.5">
              <SectionHeader title={group.title} description={group.description} />
              <GroupTable group={group} />
            </section>
          ))}
        </div>
      )}
    </>
  );
}

function matches({ name, description }: CatalogEntry, words: readonly string[]): boolean {
  const text = `${name} ${description}`.toLowerCase();
  return words.every((word) => text.includes(word));
}

function GroupTable({ group }: { group: CatalogGroup }) {
  return (
    <Table
      caption={`Event types: ${group.title}`}
      head={
        <>
          <HeaderCell className="w-2/5">Name</HeaderCell>
          <HeaderCell>What it says</HeaderCell>
        </>
      }
    >
      {group.types.map((type) => (
        <Row key={type.name}>
          <Cell>
            <span className="flex flex-wrap items-center gap-2">
              <RowLink href={`/event-types/${type.name}`} className="font-mono text-xs">
                <DottedName name={type.name} />
              </RowLink>
              {type.deprecated && <Badge tone="warning">Deprecated</Badge>}
            </span>
          </Cell>
          <Cell className="text-muted">{type.description || "No description."}</Cell>
        </Row>
      ))}
    </Table>
  );
}
