import "server-only";

/**
 * Does the work for each, also after it has failed for one: that would fail first again the next time, and the others
 * would never have their turn. Throws the first failure at the end.
 */
export async function eachInTurn<Item>(
  items: readonly Item[],
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const failures: unknown[] = [];
  for (const item of items) await work(item).catch((error: unknown) => failures.push(error));
  if (failures.length > 0) throw failures[0];
}
