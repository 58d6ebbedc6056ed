import { expect, it } from "vitest";
import { encodeId } from "@/lib/domain/ids";
import { packHeaders, unpackHeaders } from "./logged-headers";

const attempt = {
  url: "https://hooks.example.com:8443/a?b=c",
  eventId: "01a1fc95-3c3d-7005-a983-3b80c369af9f",
  deliveryTimestamp: new Date("2026-11-21T10:00:00.999Z"),
};

it("gives back the request's headers in the order of the wire from what does not follow from other columns", () => {
  const packed = packHeaders({
    bodyBytes: 1433,
    userAgent: "Posthorn/1.2.3",
    signature: "v1,abc= v1,def=",
    custom: ["X-Token", "***"],
  });
  expect(packed).toBe('[1433,"Posthorn/1.2.3","v1,abc= v1,def=","X-Token","***"]');
  expect(unpackHeaders(packed, attempt)).toEqual([
    ...["host", "hooks.example.com:8443", "connection", "keep-alive"],
    ...["content-type", "application/json", "user-agent", "Posthorn/1.2.3"],
    ...["webhook-id", encodeId("evt", attempt.eventId), "webhook-timestamp", "1795255200"],
    ...["webhook-signature", "v1,abc= v1,def=", "X-Token", "***", "content-length", "1433"],
  ]);
});

it("gives back whole what was kept whole: challenges, and deliveries that an earlier version logged", () => {
  const whole = ["host", "hooks.example.com", "user-agent", "Posthorn/0.0.9"];
  expect(unpackHeaders(JSON.stringify(whole), attempt)).toEqual(whole);
});
