import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { buildEnvelope, type EnvelopeParts } from "@/lib/domain/envelope";

const parts: EnvelopeParts = {
  organizationGuid: "org_01h455vb4pex5vsknk084sn02q",
  eventId: "evt_01h455vb4pex5vsknk084sn02q",
  webhookId: "ep_01h455vb4pex5vsknk084sn02q",
  endpointUrl: "https://hooks.example.com/posthorn?tag=a%20b",
  eventTimestamp: new Date("2026-03-04T05:06:07.008Z"),
  deliveryAttempt: 0,
  deliveryTimestamp: new Date("2026-03-04T05:06:08.000Z"),
  eventType: "order.shipped",
  dataText: `{"total": 1.0}`,
};

describe("buildEnvelope", () => {
  it("writes the keys of the contract in their order, and the data as it is", () => {
    expect(buildEnvelope(parts)).toBe(
      `{"organizationGuid":"org_01h455vb4pex5vsknk084sn02q","eventId":"evt_01h455vb4pex5vsknk084sn02q",` +
        `"webhookId":"ep_01h455vb4pex5vsknk084sn02q","endpointUrl":"https://hooks.example.com/posthorn?tag=a%20b",` +
        `"eventTimestamp":"2026-03-04T05:06:07.008Z","deliveryAttempt":0,` +
        `"deliveryTimestamp":"2026-03-04T05:06:08.000Z","eventType":"order.shipped","data":{"total": 1.0}}`,
    );
  });

  it.each([
    `{"n":12345678901234567890}`,
    `{"n":1.0}`,
    `{"a":1,"a":2}`,
    `{ "s" : "\\u00e9" }`,
    `{"s":"\u2028"}`,
  ])("does not change a byte of %s", (dataText) => {
    expect(buildEnvelope({ ...parts, dataText }).endsWith(`,"data":${dataText}}`)).toBe(true);
  });

  it("is JSON that says what went in, whatever went in", () => {
    const anyText = fc.string({ unit: "binary" });
    const anyDate = fc.date({ noInvalidDate: true });
    const anyParts = fc.record({
      organizationGuid: anyText,
      eventId: anyText,
      webhookId: anyText,
      endpointUrl: fc.oneof(fc.webUrl(), anyText),
      eventTimestamp: anyDate,
      deliveryAttempt: fc.nat(),
      deliveryTimestamp: anyDate,
      eventType: anyText,
      dataText: fc.json(),
    });
    fc.assert(
      fc.property(anyParts, ({ dataText, ...rest }) => {
        const envelope: unknown = JSON.parse(buildEnvelope({ ...rest, dataText }));
        const expected = { ...rest, data: JSON.parse(dataText) as unknown };
        expect(JSON.stringify(envelope)).toBe(JSON.stringify(expected));
      }),
    );
  });

  it("throws rather than send an invalid date", () => {
    expect(() => buildEnvelope({ ...parts, eventTimestamp: new Date(Number.NaN) })).toThrow(RangeError);
  });
});
