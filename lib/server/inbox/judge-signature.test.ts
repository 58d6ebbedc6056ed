import { randomBytes } from "node:crypto";
import { describe, expect, it } from "vitest";
import { newSecret, secretKey, sign } from "@/lib/domain/signature";
import type { InboxEndpoint } from "@/lib/server/db/inboxes";
import { createSealer, secretContext } from "@/lib/server/sealing";
import { judgeSignature } from "./judge-signature";

const sealer = createSealer([randomBytes(32)]);
const lostKey = createSealer([randomBytes(32)]);
const secret = newSecret(randomBytes(32));
const now = new Date("2026-03-10T12:00:00Z");
const seconds = now.getTime() / 1000;

const endpoint = (id: string, sealedBy: typeof sealer): InboxEndpoint => ({
  ...{ id, description: "", state: "active", challengeHeader: "x-challenge", path: "/in/1" },
  secrets: [sealedBy.seal(secret, secretContext(id))],
});

const judge = (...endpoints: InboxEndpoint[]) => {
  const headers = new Headers({
    "webhook-id": "evt_1",
    "webhook-timestamp": String(seconds),
    "webhook-signature": sign(secretKey(secret), "evt_1", seconds, "{}"),
  });
  return judgeSignature(sealer, endpoints, { headers, body: Buffer.from("{}") }, now);
};

describe("the verdict of an inbox", () => {
  it("is that of the endpoint whose secret signed", () => {
    expect(judge(endpoint("one", sealer))).toMatchObject({ checked: true, verified: true });
  });

  it("is none where no secret can be read, and the request is kept all the same", () => {
    expect(judge(endpoint("one", lostKey))).toMatchObject({ checked: false, verified: false });
  });

  it("does not hang on an endpoint whose secret cannot be read beside one whose can", () => {
    expect(judge(endpoint("one", lostKey), endpoint("two", sealer))).toMatchObject({ verified: true });
  });
});
