"use client";

import { ChevronRight } from "lucide-react";
import { useEffect, useEffectEvent, useRef, useState } from "react";
import { cn } from "@/components/ui/class-names";
import { FieldErrors, useGroupWiring } from "@/components/ui/field";
import { SearchInput } from "@/components/ui/search-input";
import { TreeCheckbox } from "@/components/ui/tree-select/tree-checkbox";
import {
  isItemOn,
  markOfGroup,
  tick,
  toggleEverything,
  toggleGroup,
  toggleItem,
  type Tree,
  type TreeGroup,
} from "@/components/ui/tree-select/tree-selection";

type TreeSelectProps = {
  legend: string;
  hint?: string;
  tree: Tree;
  everythingLabel: string;
  everythingHint?: string;
  /** Submits every chosen value under this name, with the form around it. */
  name?: string;
  /** In a plain form; or `value` with `onValueChange`. */
  defaultValue?: readonly string[];
  value?: readonly string[];
  onValueChange?: (value: string[]) => void;
  errors?: readonly string[] | undefined;
};

/**
 * Some of many in groups, with "everything" above them: a choice of a whole is kept as the whole (`*`, `orders.*`).
 * `<TreeSelect name="eventTypes" legend="Event types" everythingLabel="Everything" tree={{ everything: "*", groups }} />`
 */
export function TreeSelect(props: TreeSelectProps) {
  const { legend, hint, tree, everythingLabel, everythingHint, name, defaultValue = [], errors = [] } = props;
  const [own, setOwn] = useState<readonly string[]>(defaultValue);
  const [query, setQuery] = useState("");
  const selection = props.value ?? own;
  const groups = matchingGroups(tree.groups, query);
  const all = selection.includes(tree.everything);
  const { described, wrong, errorsId, hintId } = useGroupWiring({ hint, errors });
  const boxes = useTickedEarly(tree, selection, change);

  function change(next: string[]) {
    setOwn(next);
    props.onValueChange?.(next);
  }

  return (
    <fieldset ref={boxes} {...described} className="grid min-w-0 gap-1.5">
      <legend className="mb-1.5 text-sm font-medium">{legend}</legend>
      <div
        className={cn("overflow-hidden rounded-lg border bg-surface", errors.length > 0 && "border-danger")}
      >
        <div className="border-b px-3 py-2.5">
          <TreeCheckbox
            mark={all ? "on" : selection.length > 0 ? "some" : "off"}
            name={name}
            value={tree.everything}
            label={everythingLabel}
            hint={everythingHint}
            strong
            {...wrong}
            onToggle={() => change(toggleEverything(tree, selection))}
          />
        </div>
        <div className="border-b p-2">
          <SearchInput label="Find" value={query} onValueChange={setQuery} className="sm:w-full" />
        </div>
        <ul className="max-h-96 overflow-y-auto overscroll-contain py-1">
          {groups.length === 0 && <li className="px-3 py-6 text-center text-muted">Nothing found.</li>}
          {groups.map((group) => (
            <GroupRows
              key={group.label}
              name={name}
              tree={tree}
              group={group}
              selection={selection}
              change={change}
              searching={query !== ""}
            />
          ))}
        </ul>
      </div>
      {/* What the tree does not know, or the search hides, is submitted all the same. */}
      {name &&
        hiddenValues(tree, groups, selection).map((value) => (
          <input key={value} type="hidden" name={name} value={value} />
        ))}
      <FieldErrors id={errorsId} errors={errors} />
      {hint && (
        <p id={hintId} className="text-xs text-muted">
          {hint}
        </p>
      )}
    </fieldset>
  );
}

/** useEnteredEarly for the whole tree, whose boxes share a selection. */
function useTickedEarly(tree: Tree, selection: readonly string[], change: (next: string[]) => void) {
  const fieldset = useRef<HTMLFieldSetElement>(null);
  const tell = useEffectEvent(() => {
    const boxes = fieldset.current?.querySelectorAll<HTMLInputElement>("input[type=checkbox]") ?? [];
    const early = [...boxes].filter(({ checked, defaultChecked }) => checked !== defaultChecked);
    if (early.length === 0) return;
    change([...early.reduce((chosen, box) => tick(tree, chosen, box.value, box.checked), selection)]);
  });
  useEffect(() => tell(), []);
  return fieldset;
}

type GroupRowsProps = {
  name: string | undefined;
  tree: Tree;
  group: TreeGroup;
  selection: readonly string[];
  change: (next: string[]) => void;
  searching: boolean;
};

function GroupRows({ name, tree, group: shown, selection, change, searching }: GroupRowsProps) {
  const [open, setOpen] = useState(true);
  // A search shows some of the items; the group it ticks is still the whole one.
  const group = tree.groups.find((each) => each.label === shown.label) ?? shown;
  const mark = markOfGroup(tree, selection, group);
  const chosenCount = group.items.filter((item) => isItemOn(tree, selection, group, item)).length;
  const all = selection.includes(tree.everything);
  return (
    <li>
      <div className="flex items-center gap-1 pr-3 pl-1.5 hover:bg-hover">
        <button
          type="button"
          aria-expanded={open || searching}
          aria-label={`Items of ${group.label}`}
          onClick={() => setOpen(!open)}
          className="grid size-6 shrink-0 place-items-center rounded-sm text-subtle hover:text-fg"
        >
          <ChevronRight aria-hidden className={cn("size-3.5", (open || searching) && "rotate-90")} />
        </button>
        <TreeCheckbox
          mark={mark}
          name={all || group.value === undefined ? undefined : name}
          value={group.value ?? ""}
          label={group.label}
          strong
          onToggle={() => change(toggleGroup(tree, selection, group))}
        />
        <span aria-hidden className="text-xs text-subtle tabular-nums">
          {chosenCount}/{group.items.length}
        </span>
      </div>
      {(open || searching) && (
        <ul>
          {shown.items.map((item) => (
            <li key={item.value} className="pr-3 pl-8.5 hover:bg-hover">
              <TreeCheckbox
                mark={isItemOn(tree, selection, group, item) ? "on" : "off"}
                name={mark === "on" ? undefined : name}
                value={item.value}
                label={item.label}
                hint={item.hint}
                onToggle={() => change(toggleItem(tree, selection, group, item))}
              />
            </li>
          ))}
        </ul>
      )}
    </li>
  );
}

function matchingGroups(groups: readonly TreeGroup[], query: string): TreeGroup[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const matches = (text: string) => words.every((word) => text.toLowerCase().includes(word));
  return groups
    .map((group) => ({
      ...group,
      items: group.items.filter((item) =>
        matches(`${group.label} ${item.value} ${item.label} ${item.hint ?? ""}`),
      ),
    }))
    .filter((group) => group.items.length > 0);
}

function hiddenValues(tree: Tree, shown: readonly TreeGroup[], selection: readonly string[]): string[] {
  const visible = new Set([
    tree.everything,
    ...shown.flatMap((group) => [group.value, ...group.items.map((item) => item.value)]),
  ]);
  return selection.filter((value) => !visible.has(value));
}
