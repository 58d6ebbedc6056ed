/** How deep JSON from outside may be nested; far beyond what any event needs, far below what overflows a stack. */
export const jsonDepthMax = 64;

/** Whether objects and arrays are nested at most `depthMax` deep. Itself safe at any depth: it keeps its own stack. */
export function isNestedAtMost(value: unknown, depthMax: number): boolean {
  let level: unknown[] = [value];
  for (let depth = 0; level.length > 0; depth++) {
    const containers = level.filter((each) => typeof each === "object" && each !== null);
    if (containers.length > 0 && depth >= depthMax) return false;
    level = [];
    for (const container of containers)
      for (const child of Object.values(container as object)) level.push(child);
  }
  return true;
}

/** Whether a value consists of at most `valuesMax` values, itself and everything in it. Looks at no more than that. */
export function hasAtMostValues(value: unknown, valuesMax: number): boolean {
  const open: unknown[] = [value];
  for (let count = 0; open.length > 0; count++) {
    if (count >= valuesMax || open.length > valuesMax) return false;
    const each = open.pop();
    if (typeof each === "object" && each !== null) for (const child of Object.values(each)) open.push(child);
  }
  return true;
}

/** A text that two JSON values share exactly when they are equal: keys are sorted. For values of bounded depth. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join()}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "null";
  const members = Object.entries(value).map(
    ([key, member]) => `${JSON.stringify(key)}:${canonicalJson(member)}`,
  );
  return `{${members.sort().join()}}`;
}
