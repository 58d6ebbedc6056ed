const units = ["B", "KiB", "MiB", "GiB", "TiB"];

/**
 * A size for people, in binary units with at most one decimal: `0 B`, `1.5 KiB`, `16 KiB`. Throws a RangeError for
 * what is no size.
 */
export function formatBytes(bytes: number): string {
  if (!(bytes >= 0 && bytes < Infinity)) throw new RangeError("A size is a number from 0");
  let size = bytes;
  let unit = 0;
  // What would be shown as 1024 of a unit is 1 of the next.
  while (unit < units.length - 1 && size >= (unit === 0 ? 1024 : 1023.95)) {
    size /= 1024;
    unit++;
  }
  const decimals = unit === 0 ? 0 : 1;
  return `${size.toFixed(decimals).replace(/\.0$/, "")} ${units[unit]}`;
}
