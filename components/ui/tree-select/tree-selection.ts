export type TreeItem = { value: string; label: string; hint?: string };
export type TreeGroup = {
  label: string;
  /** Stands for the whole group, also for what joins it later: `orders.*`. Without one, the group is only a heading. */
  value?: string;
  items: readonly TreeItem[];
};
export type Tree = {
  /** The value that stands for everything, also for what is added later: `*`. */
  everything: string;
  groups: readonly TreeGroup[];
};

export type Mark = "on" | "off" | "some";

/** How a group shows: ticked as a whole, in part, or not. */
export function markOfGroup(tree: Tree, selection: readonly string[], group: TreeGroup): Mark {
  if (isGroupWhole(tree, selection, group)) return "on";
  return group.items.some((item) => isItemOn(tree, selection, group, item)) ? "some" : "off";
}

export function isItemOn(
  tree: Tree,
  selection: readonly string[],
  group: TreeGroup,
  item: TreeItem,
): boolean {
  return isGroupWhole(tree, selection, group) || selection.includes(item.value);
}

function isGroupWhole(tree: Tree, selection: readonly string[], group: TreeGroup): boolean {
  return (
    selection.includes(tree.everything) || (group.value !== undefined && selection.includes(group.value))
  );
}

/** Everything replaces every single choice; taking it away leaves none. */
export function toggleEverything(tree: Tree, selection: readonly string[]): string[] {
  return selection.includes(tree.everything) ? [] : [tree.everything];
}

/** A group that is ticked as a whole loses all; otherwise its own value (or all its items) replaces its items. */
export function toggleGroup(tree: Tree, selection: readonly string[], group: TreeGroup): string[] {
  const spread = withoutEverything(tree, selection);
  const values = new Set([group.value, ...group.items.map((item) => item.value)]);
  const others = spread.filter((value) => !values.has(value));
  const whole =
    group.value !== undefined ? isGroupWhole(tree, selection, group) : allItemsOn(tree, selection, group);
  if (whole) return others;
  return [...others, ...(group.value !== undefined ? [group.value] : group.items.map((item) => item.value))];
}

/** Taking an item out of a whole group spreads the group into its other items: what joins later is no longer included. */
export function toggleItem(
  tree: Tree,
  selection: readonly string[],
  group: TreeGroup,
  item: TreeItem,
): string[] {
  const spread = withoutEverything(tree, selection);
  if (!isItemOn(tree, selection, group, item)) return [...spread, item.value];
  const items = group.items.filter(
    (each) => isItemOn(tree, selection, group, each) && each.value !== item.value,
  );
  const values = new Set([group.value, ...group.items.map((each) => each.value)]);
  return [...spread.filter((value) => !values.has(value)), ...items.map((each) => each.value)];
}

/** Ticks whatever has this value (everything, a group or an item), or takes it away; nothing where it is so already. */
export function tick(
  tree: Tree,
  selection: readonly string[],
  value: string,
  on: boolean,
): readonly string[] {
  if (value === tree.everything) {
    return selection.includes(value) === on ? selection : toggleEverything(tree, selection);
  }
  for (const group of tree.groups) {
    if (group.value === value) {
      return isGroupWhole(tree, selection, group) === on ? selection : toggleGroup(tree, selection, group);
    }
    const item = group.items.find((each) => each.value === value);
    if (item) {
      return isItemOn(tree, selection, group, item) === on
        ? selection
        : toggleItem(tree, selection, group, item);
    }
  }
  return selection;
}

function allItemsOn(tree: Tree, selection: readonly string[], group: TreeGroup): boolean {
  return group.items.every((item) => isItemOn(tree, selection, group, item));
}

/** The same choice without the value for everything: every group by its own value. Unknown values are kept. */
function withoutEverything(tree: Tree, selection: readonly string[]): string[] {
  if (!selection.includes(tree.everything)) return [...selection];
  return tree.groups.flatMap((group) =>
    group.value !== undefined ? [group.value] : group.items.map((item) => item.value),
  );
}
