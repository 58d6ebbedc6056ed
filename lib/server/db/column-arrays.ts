import "server-only";

/*
 * Rows handed to a statement column by column, for `unnest`. At hundreds of rows a statement, PostgreSQL reads them
 * several times faster than JSON, and we write them faster.
 */

/** Values that need no quoting in PostgreSQL's text form of an array: numbers, booleans and UUIDs. */
export function plainArray(values: readonly (number | boolean | string)[]): string {
  return `{${values.join(",")}}`;
}

/** Object identifiers of PostgreSQL's catalog (pg_type.dat); they never change. */
const elementTypes = { bytea: 17, text: 25 } as const;

/** Dimensions, whether there are nulls, the type of the elements; then length and lower bound of the one dimension. */
const headerBytes = 20;

/**
 * Texts or bytes in the binary form of an array (array_recv in PostgreSQL's arrayfuncs.c), where nothing is quoted or
 * escaped. The driver sends buffers as binary parameters; the statement has to name the type of the array.
 */
export function binaryArray(type: "text", values: readonly (string | null)[]): Buffer;
export function binaryArray(type: "bytea", values: readonly (Buffer | null)[]): Buffer;
export function binaryArray(
  type: keyof typeof elementTypes,
  values: readonly (string | Buffer | null)[],
): Buffer {
  const lengths = values.map((value) => (value === null ? 0 : Buffer.byteLength(value)));
  const array = Buffer.allocUnsafe(lengths.reduce((sum, length) => sum + length + 4, headerBytes));
  array.writeInt32BE(1, 0);
  array.writeInt32BE(values.includes(null) ? 1 : 0, 4);
  array.writeInt32BE(elementTypes[type], 8);
  array.writeInt32BE(values.length, 12);
  array.writeInt32BE(1, 16);
  let at = headerBytes;
  values.forEach((value, index) => {
    array.writeInt32BE(value === null ? -1 : (lengths[index] ?? 0), at);
    at += 4;
    if (value === null) return;
    if (typeof value === "string") at += array.write(value, at);
    else at += value.copy(array, at);
  });
  return array;
}
