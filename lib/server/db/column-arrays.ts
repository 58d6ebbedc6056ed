import "server-only";

/*
 * Rows handed to a statement column by column, for `unnest`, in the binary form of arrays (array_recv in PostgreSQL's
 * arrayfuncs.c): nothing is quoted, escaped or parsed, which at hundreds of rows a statement is several times faster
 * than JSON on both sides. The driver sends buffers as binary parameters; the statement has to name their types.
 */

interface ElementType<Value> {
  /** Object identifier of the type in PostgreSQL's catalog (pg_type.dat); they never change. */
  oid: number;
  /** Bytes that `write` takes at most. */
  room(value: Value): number;
  /** Writes the value as the type's receive function reads it. Returns how many bytes that took. */
  write(array: Buffer, value: Value, at: number): number;
}

/** Dimensions, whether there are nulls, the type of the elements; then length and lower bound of the one dimension. */
const headerBytes = 20;
const lengthBytes = 4;

type Column<Value> = <Row>(rows: readonly Row[], pick: (row: Row) => Value | null) => Buffer;

function column<Value>(type: ElementType<Value>): Column<Value> {
  return (rows, pick) => {
    let array = Buffer.allocUnsafe(headerBytes + rows.length * 64);
    let hasNulls = false;
    let at = headerBytes;
    for (const row of rows) {
      const value = pick(row);
      const end = at + lengthBytes + (value === null ? 0 : type.room(value));
      if (end > array.length) array = widened(array, Math.max(end, 2 * array.length));
      if (value === null) hasNulls = true;
      const length = value === null ? -1 : type.write(array, value, at + lengthBytes);
      array.writeInt32BE(length, at);
      at += lengthBytes + Math.max(0, length);
    }
    array.writeInt32BE(1, 0);
    array.writeInt32BE(hasNulls ? 1 : 0, 4);
    array.writeInt32BE(type.oid, 8);
    array.writeInt32BE(rows.length, 12);
    array.writeInt32BE(1, 16);
    return array.subarray(0, at);
  };
}

function widened(array: Buffer, length: number): Buffer<ArrayBuffer> {
  const wider = Buffer.allocUnsafe(length);
  array.copy(wider);
  return wider;
}

/** A text that PostgreSQL takes: any but one with U+0000. */
export const textColumn = column<string>({
  oid: 25,
  // A UTF-16 unit is at most three bytes of UTF-8.
  room: (text) => 3 * text.length,
  write: (array, text, at) => array.write(text, at),
});

export const byteaColumn = column<Buffer>({
  oid: 17,
  room: (bytes) => bytes.length,
  write: (array, bytes, at) => bytes.copy(array, at),
});

export const booleanColumn = column<boolean>({
  oid: 16,
  room: () => 1,
  write: (array, value, at) => array.writeUInt8(value ? 1 : 0, at) - at,
});

/** Whole numbers of 16 bits with their sign; throws a RangeError for others. */
export const smallintColumn = column<number>({
  oid: 21,
  room: () => 2,
  write: (array, value, at) => array.writeInt16BE(value, at) - at,
});

export const realColumn = column<number>({
  oid: 700,
  room: () => 4,
  write: (array, value, at) => array.writeFloatBE(value, at) - at,
});

export const doubleColumn = column<number>({
  oid: 701,
  room: () => 8,
  write: (array, value, at) => array.writeDoubleBE(value, at) - at,
});

/** UUIDs in their form of 36 characters; throws a TypeError for anything else. */
export const uuidColumn = column<string>({ oid: 2950, room: () => 16, write: writeUuid });

/** Where in a UUID's 36 characters each byte's two digits stand. */
const uuidPairs = [0, 2, 4, 6, 9, 11, 14, 16, 19, 21, 24, 26, 28, 30, 32, 34];
const hexValues = new Int8Array(128).fill(-1);
for (let value = 0; value < 16; value += 1) {
  for (const digit of [value.toString(16), value.toString(16).toUpperCase()])
    hexValues[digit.charCodeAt(0)] = value;
}

function writeUuid(array: Buffer, uuid: string, at: number): number {
  let to = at;
  for (const pair of uuidPairs) {
    const high = hexValues[uuid.charCodeAt(pair)] ?? -1;
    const low = hexValues[uuid.charCodeAt(pair + 1)] ?? -1;
    if (high < 0 || low < 0 || uuid.length !== 36) throw new TypeError("Not a UUID");
    array[to] = (high << 4) | low;
    to += 1;
  }
  return to - at;
}
