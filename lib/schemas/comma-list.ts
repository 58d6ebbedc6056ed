/** For `preprocess`: `?owner=a,b` in an address is a list, and an empty text an empty one, which is no filter. */
export function commaList(value: unknown): unknown {
  return typeof value === "string" ? value.split(",").filter((part) => part !== "") : value;
}
