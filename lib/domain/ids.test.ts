import fc from "fast-check";
import { TypeID } from "typeid-js";
import { describe, expect, it } from "vitest";
import { decodeId, encodeId, idPrefixes, timeOfUuidV7, uuidV7, uuidV7Floor } from "@/lib/domain/ids";

const prefixes = Object.values(idPrefixes);
const anyPrefix = fc.constantFrom(...prefixes);
const anyUuid = fc.oneof(
  fc.uuid(),
  fc.uint8Array({ minLength: 16, maxLength: 16 }).map((bytes) => {
    const hex = Buffer.from(bytes).toString("hex");
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
  }),
);
/** What fits both a Date and 48 bits. */
const anyTime = fc.integer({ min: 0, max: 8.64e15 }).map((ms) => new Date(Math.min(ms, 2 ** 48 - 1)));
const tenBytes = fc.uint8Array({ minLength: 10, maxLength: 10 });

describe("TypeIDs", () => {
  // The valid vectors of the TypeID specification that have a prefix of ours would be few, so these carry ours.
  it.each([
    ["00000000-0000-0000-0000-000000000000", "evt_00000000000000000000000000"],
    ["00000000-0000-0000-0000-000000000001", "evt_00000000000000000000000001"],
    ["00000000-0000-0000-0000-00000000000a", "evt_0000000000000000000000000a"],
    ["00000000-0000-0000-0000-000000000010", "evt_0000000000000000000000000g"],
    ["00000000-0000-0000-0000-000000000020", "evt_00000000000000000000000010"],
    ["ffffffff-ffff-ffff-ffff-ffffffffffff", "evt_7zzzzzzzzzzzzzzzzzzzzzzzzz"],
    ["0110c853-1d09-52d8-d73e-1194e95b5f19", "evt_0123456789abcdefghjkmnpqrs"],
    ["01890a5d-ac96-774b-bcce-b302099a8057", "evt_01h455vb4pex5vsknk084sn02q"],
  ])("writes %s as %s and reads it back", (uuid, id) => {
    expect(encodeId("evt", uuid)).toBe(id);
    expect(decodeId("evt", id)).toBe(uuid);
  });

  it("agrees with typeid-js on every UUID", () => {
    fc.assert(
      fc.property(anyPrefix, anyUuid, (prefix, uuid) => {
        const id = encodeId(prefix, uuid);
        expect(id).toBe(TypeID.fromUUID(prefix, uuid).toString());
        expect(decodeId(prefix, id)).toBe(uuid);
        expect(encodeId(prefix, uuid.toUpperCase())).toBe(id);
      }),
    );
  });

  it("sorts identifiers as their UUIDs sort", () => {
    fc.assert(
      fc.property(anyUuid, anyUuid, (left, right) => {
        expect(encodeId("dlv", left) < encodeId("dlv", right)).toBe(left < right);
      }),
    );
  });

  it.each([
    "",
    "evt",
    "evt_",
    "01h455vb4pex5vsknk084sn02q",
    "_01h455vb4pex5vsknk084sn02q",
    "ep_01h455vb4pex5vsknk084sn02q",
    "EVT_01h455vb4pex5vsknk084sn02q",
    "evt_01H455VB4PEX5VSKNK084SN02Q",
    "evt-01h455vb4pex5vsknk084sn02q",
    "evt_01h455vb4pex5vsknk084sn02",
    "evt_01h455vb4pex5vsknk084sn02qq",
    "evt_81h455vb4pex5vsknk084sn02q",
    "evt_01h455vb4pex5vsknk084sn02i",
    "evt_01h455vb4pex5vsknk084sn02l",
    "evt_01h455vb4pex5vsknk084sn02o",
    "evt_01h455vb4pex5vsknk084sn02u",
    " evt_01h455vb4pex5vsknk084sn02q",
    "evt_01h455vb4pex5vsknk084sn02q\n",
    "evt_01890a5d-ac96-774b-bcce-b302099a8057",
  ])("refuses %j as an event's identifier", (text) => {
    expect(decodeId("evt", text)).toBeNull();
  });

  it("reads no text that it would not write", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const uuid = decodeId("org", `org_${text}`);
        expect(uuid === null || encodeId("org", uuid) === `org_${text}`).toBe(true);
      }),
    );
  });

  it.each([
    "",
    "01890a5dac96774bbcceb302099a8057",
    "01890a5d-ac96-774b-bcce-b302099a805g",
    "evt_01h455vb4pex5vsknk084sn02q",
  ])("throws rather than encode %j", (text) => {
    expect(() => encodeId("evt", text)).toThrow(TypeError);
  });
});

describe("version 7 UUIDs", () => {
  // RFC 9562, appendix A.6.
  it("lays time and randomness out as RFC 9562 does", () => {
    const random = Uint8Array.from([0x0c, 0xc3, 0x18, 0xc4, 0xdc, 0x0c, 0x0c, 0x07, 0x39, 0x8f]);
    expect(uuidV7(new Date("2022-02-22T19:22:22.000Z"), random)).toBe("017f22e2-79b0-7cc3-98c4-dc0c0c07398f");
  });

  it("gives its time back and lies at or above the floor of its millisecond, below that of the next", () => {
    fc.assert(
      fc.property(anyTime, tenBytes, (at, random) => {
        const uuid = uuidV7(at, random);
        expect(uuid).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
        expect(timeOfUuidV7(uuid)).toEqual(at);
        expect(timeOfUuidV7(uuid.toUpperCase())).toEqual(at);
        expect(uuidV7Floor(at) <= uuid).toBe(true);
        fc.pre(at.getTime() < 2 ** 48 - 1);
        expect(uuid < uuidV7Floor(new Date(at.getTime() + 1))).toBe(true);
      }),
    );
  });

  it("has the floor as its smallest value", () => {
    const at = new Date("2026-01-01T00:00:00.000Z");
    expect(uuidV7(at, new Uint8Array(10))).toBe(uuidV7Floor(at));
    expect(uuidV7Floor(new Date(0))).toBe("00000000-0000-7000-8000-000000000000");
  });

  it("keeps 74 of the random bits", () => {
    const at = new Date("2026-01-01T00:00:00.000Z");
    expect(uuidV7(at, new Uint8Array(10).fill(255)).slice(14)).toBe("7fff-bfff-ffffffffffff");
  });

  it.each([new Date(-1), new Date(2 ** 48), new Date(Number.NaN)])("refuses the time %s", (at) => {
    expect(() => uuidV7(at, new Uint8Array(10))).toThrow(RangeError);
    expect(() => uuidV7Floor(at)).toThrow(RangeError);
  });

  it("refuses too little randomness", () => {
    expect(() => uuidV7(new Date(0), new Uint8Array(9))).toThrow(RangeError);
  });

  it.each(["", "3f2b1c9e-5a4d-4e8f-9b7a-2d1c0e9f8a7b", "017f22e2-79b0-7cc3-98c4-dc0c0c07398"])(
    "finds no time in %j",
    (uuid) => {
      expect(() => timeOfUuidV7(uuid)).toThrow(TypeError);
    },
  );
});
