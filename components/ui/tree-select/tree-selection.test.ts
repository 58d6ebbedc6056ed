import { describe, expect, it } from "vitest";
import {
  isItemOn,
  markOfGroup,
  tick,
  toggleEverything,
  toggleGroup,
  toggleItem,
  type Tree,
} from "@/components/ui/tree-select/tree-selection";

const item = (value: string) => ({ value, label: value });
const fruit = {
  label: "Fruit",
  value: "fruit.*",
  items: [item("fruit.apple"), item("fruit.pear"), item("fruit.fig")],
};
const loose = { label: "Loose", items: [item("bolt"), item("nut")] };
const tree: Tree = { everything: "*", groups: [fruit, loose] };

describe("ticking", () => {
  it("replaces every single choice by everything, and everything by none", () => {
    expect(toggleEverything(tree, ["fruit.pear", "bolt"])).toEqual(["*"]);
    expect(toggleEverything(tree, ["*"])).toEqual([]);
  });

  it("shows every item and group as chosen under everything", () => {
    expect(markOfGroup(tree, ["*"], fruit)).toBe("on");
    expect(isItemOn(tree, ["*"], loose, loose.items[1]!)).toBe(true);
  });

  it("replaces the items of a group by the group", () => {
    expect(toggleGroup(tree, ["fruit.pear", "bolt"], fruit)).toEqual(["bolt", "fruit.*"]);
  });

  it("ticks the items of a group that has no value of its own", () => {
    expect(toggleGroup(tree, ["fruit.*"], loose)).toEqual(["fruit.*", "bolt", "nut"]);
    expect(toggleGroup(tree, ["bolt", "nut"], loose)).toEqual([]);
  });
});

describe("taking away", () => {
  it("spreads a whole group into its other items", () => {
    expect(toggleItem(tree, ["fruit.*"], fruit, fruit.items[1]!)).toEqual(["fruit.apple", "fruit.fig"]);
  });

  it("spreads everything into the other groups and the other items", () => {
    expect(toggleItem(tree, ["*"], fruit, fruit.items[0]!)).toEqual([
      "bolt",
      "nut",
      "fruit.pear",
      "fruit.fig",
    ]);
  });

  it("takes a whole group out of everything", () => {
    expect(toggleGroup(tree, ["*"], fruit)).toEqual(["bolt", "nut"]);
  });
});

it.each([
  { what: "an item", before: [], value: "bolt", on: true, after: ["bolt"] },
  { what: "an item that is on", before: ["fruit.*"], value: "fruit.fig", on: true, after: ["fruit.*"] },
  { what: "a group of everything", before: ["*"], value: "fruit.*", on: false, after: ["bolt", "nut"] },
  { what: "a group that is off", before: ["bolt"], value: "fruit.*", on: false, after: ["bolt"] },
  { what: "everything", before: ["bolt"], value: "*", on: true, after: ["*"] },
  { what: "what is not there", before: ["bolt"], value: "gone.forever", on: true, after: ["bolt"] },
])("ticks or takes away by value: $what", ({ before, value, on, after }) => {
  expect(tick(tree, before, value, on)).toEqual(after);
});

it("marks a group in part as long as some and not all of it is chosen by itself", () => {
  expect(markOfGroup(tree, [], fruit)).toBe("off");
  expect(markOfGroup(tree, ["fruit.fig"], fruit)).toBe("some");
});

it("does not drop a value that the tree does not know", () => {
  expect(toggleItem(tree, ["gone.forever"], fruit, fruit.items[0]!)).toEqual(["gone.forever", "fruit.apple"]);
  expect(toggleGroup(tree, ["gone.forever", "fruit.*"], fruit)).toEqual(["gone.forever"]);
});
