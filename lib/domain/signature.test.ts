import { createHmac } from "node:crypto";
import fc from "fast-check";
import { Webhook } from "standardwebhooks";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { newSecret, secretKey, sign, signatureHeader, verifySignature } from "@/lib/domain/signature";

const secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const otherSecret = newSecret(new Uint8Array(32).fill(7));
const id = "msg_p5jXN8AQM9LWM0D4loKWxJek";
const timestampSeconds = 1614265330;
const now = new Date(timestampSeconds * 1000);

const anyBytes32 = fc.uint8Array({ minLength: 32, maxLength: 32 });
const anyId = fc.stringMatching(/^[A-Za-z0-9_-]{1,40}$/);
const anyBody = fc.oneof(fc.string({ unit: "binary" }), fc.json());

function header(body: string, secrets = [secret]): string {
  return signatureHeader(secrets.map(secretKey), id, timestampSeconds, body);
}

function hmac(key: string | Buffer, content: string): string {
  return `v1,${createHmac("sha256", key).update(content).digest("base64")}`;
}

describe("sign", () => {
  it.each([
    [`{"test": 2432232314}`, "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="],
    ["", "v1,v48jdbgvh29KJz2Qc+ghw8G6vG3nAKnujWBg8oM/62A="],
    [`{"name":"Zoë 🚀"}`, "v1,UIIYqyWKzXJf0cc8PHV1DeJyoJm4DEe8IXHdvW7refs="],
  ])("gives the published signature of %j", (body, expected) => {
    expect(sign(secretKey(secret), id, timestampSeconds, body)).toBe(expected);
    expect(signatureHeader([secretKey(secret)], id, timestampSeconds, body)).toBe(expected);
    expect(verifySignature({ secrets: [secret], id, timestampSeconds, body, header: expected, now })).toEqual(
      {
        valid: true,
      },
    );
  });

  it("signs once per valid secret, in order, separated by spaces", () => {
    expect(header("{}", [secret, otherSecret])).toBe(`${header("{}")} ${header("{}", [otherSecret])}`);
  });
});

describe("an independent verifier", () => {
  beforeEach(() => void vi.useFakeTimers({ now, toFake: ["Date"] }));
  afterEach(() => void vi.useRealTimers());

  it("accepts every signature, also with the secret that a rotation replaced", () => {
    fc.assert(
      fc.property(anyBytes32, anyBytes32, anyId, anyBody, (first, second, anId, body) => {
        const secrets = [newSecret(first), newSecret(second)];
        const headers = {
          "webhook-id": anId,
          "webhook-timestamp": String(timestampSeconds),
          "webhook-signature": signatureHeader(secrets.map(secretKey), anId, timestampSeconds, body),
        };
        for (const each of secrets) {
          expect(() => new Webhook(each).verify(body, headers, { jsonParse: false })).not.toThrow();
        }
      }),
    );
  });

  it("makes signatures that are accepted here, and the same ones", () => {
    fc.assert(
      fc.property(anyBytes32, anyId, anyBody, (bytes, anId, body) => {
        const own = newSecret(bytes);
        const theirs = new Webhook(own).sign(anId, now, body);
        expect(sign(secretKey(own), anId, timestampSeconds, body)).toBe(theirs);
        expect(
          verifySignature({ secrets: [own], id: anId, timestampSeconds, body, header: theirs, now }),
        ).toEqual({ valid: true });
      }),
    );
  });
});

describe("verifySignature", () => {
  const body = `{"a":1}`;
  const request = { secrets: [secret], id, timestampSeconds, body, header: header(body), now };
  const reasonOf = (changes: Partial<Parameters<typeof verifySignature>[0]>) => {
    const result = verifySignature({ ...request, ...changes });
    return result.valid ? "valid" : result.reason;
  };

  it("accepts any one of several secrets and any one of several signatures", () => {
    expect(reasonOf({ secrets: [otherSecret, secret] })).toBe("valid");
    expect(reasonOf({ header: `v1a,abc ${header(body, [otherSecret])} ${header(body)}` })).toBe("valid");
    expect(reasonOf({ timestampSeconds: String(timestampSeconds) })).toBe("valid");
  });

  it("accepts a timestamp at the edge of the tolerance and refuses one beyond it", () => {
    expect(reasonOf({ now: new Date((timestampSeconds + 300) * 1000 + 999) })).toBe("valid");
    expect(reasonOf({ now: new Date((timestampSeconds - 300) * 1000) })).toBe("valid");
    expect(reasonOf({ now: new Date((timestampSeconds + 301) * 1000) })).toMatch(/timestamp is 301 s old/);
    expect(reasonOf({ now: new Date((timestampSeconds - 301) * 1000) })).toMatch(/301 s in the future/);
    expect(reasonOf({ now: new Date(timestampSeconds * 2000), toleranceSeconds: Infinity })).toBe("valid");
  });

  const signed = (content: string, key: string | Buffer = Buffer.from(secret.slice(6), "base64")) => ({
    header: hmac(key, content),
  });

  it.each([
    ["no signature header", { header: null }, /webhook-signature is missing/],
    ["a blank signature header", { header: "  " }, /webhook-signature is missing/],
    ["no id", { id: null }, /webhook-id is missing/],
    ["no timestamp", { timestampSeconds: null }, /webhook-timestamp is missing/],
    ["a timestamp that is no number", { timestampSeconds: "yesterday" }, /not a whole number/],
    ["a fractional timestamp", { timestampSeconds: 1614265330.5 }, /not a whole number/],
    ["a timestamp in milliseconds", { timestampSeconds: timestampSeconds * 1000 }, /in milliseconds/],
    ["a signature without a version", { header: header(body).slice(3) }, /no entry of the form v1,/],
    ["an Ed25519 signature only", { header: "v1a,abc" }, /Ed25519/],
    ["a hexadecimal signature", { header: `v1,${"ab".repeat(32)}` }, /hexadecimal/],
    ["a signature that lost its end", { header: header(body).slice(0, -3) }, /not base64 of 32 bytes/],
    ["a url-safe signature", { header: `v1,${"-_".repeat(21)}a=` }, /not base64 of 32 bytes/],
    ["no secret", { secrets: [] }, /no secret/],
    ["a secret without its prefix", { secrets: [secret.slice(6)] }, /does not start with whsec_/],
    ["another secret", { secrets: [otherSecret] }, /another endpoint or was rotated/],
    ["another id", { id: "msg_other" }, /another endpoint or was rotated/],
    ["a re-serialized body", { body: `{\n  "a": 1\n}` }, /parsed and serialized again.*raw bytes/],
    ["a compacted body", { body, header: header(`{\n  "a": 1\n}`) }, /parsed and serialized again/],
    ["an added line break", { body: `${body}\n` }, /a line break at its end was added/],
    ["a lost line break", { header: header(`${body}\n`) }, /a line break at its end was lost/],
    ["changed line breaks", { body: "[\r\n]", header: header("[\n]") }, /line breaks were changed/],
    ["a byte order mark", { body: `\uFEFF${body}` }, /byte order mark/],
    ["a doubly encoded body", { body: JSON.stringify(body) }, /wrapped into a JSON string/],
    ["the secret's text as key", signed(`${id}.${timestampSeconds}.${body}`, secret), /text of the secret/],
    [
      "its text without prefix as key",
      signed(`${id}.${timestampSeconds}.${body}`, secret.slice(6)),
      /text of the secret/,
    ],
    ["only the body signed", signed(body), /Only the body was signed/],
    ["the id left out", signed(`${timestampSeconds}.${body}`), /id or the timestamp was left out/],
    ["the timestamp left out", signed(`${id}.${body}`), /id or the timestamp was left out/],
    [
      "milliseconds signed",
      signed(`${id}.${timestampSeconds * 1000}.${body}`),
      /timestamp is in milliseconds/,
    ],
  ])("says what to do about %s", (_what, changes, reason) => {
    expect(reasonOf(changes)).toMatch(reason);
  });

  it("never accepts a request of which any part was changed", () => {
    fc.assert(
      fc.property(
        anyBody,
        fc.constantFrom("body", "id", "timestampSeconds", "secrets", "header"),
        (text, part) => {
          const changed = {
            body: `${text} `,
            id: `${id}x`,
            timestampSeconds: timestampSeconds + 1,
            secrets: [otherSecret],
            header: header(`${text}?`),
          }[part];
          const result = verifySignature({ ...request, body: text, header: header(text), [part]: changed });
          expect(result.valid).toBe(false);
        },
      ),
    );
  });

  it("explains a body that is nested too deeply to be serialized", () => {
    expect(reasonOf({ body: "[".repeat(200_000) + "]".repeat(200_000) })).toMatch(
      /another endpoint or was rotated/,
    );
  });

  it("never throws, whatever is sent", () => {
    const anyText = fc.option(fc.string({ unit: "binary" }));
    fc.assert(
      fc.property(anyText, anyText, anyText, fc.string(), (anId, timestamp, aHeader, text) => {
        const result = verifySignature({
          ...request,
          id: anId,
          timestampSeconds: timestamp,
          header: aHeader,
          body: text,
        });
        expect(result.valid).toBe(false);
      }),
    );
  });
});

describe("secrets", () => {
  it("are whsec_ and base64 of 32 bytes, and their key is those bytes", () => {
    fc.assert(
      fc.property(anyBytes32, (bytes) => {
        const made = newSecret(bytes);
        expect(made).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
        expect(new Uint8Array(secretKey(made).export())).toEqual(bytes);
      }),
    );
    expect(() => newSecret(new Uint8Array(31))).toThrow(RangeError);
  });

  const encoded = (size: number) => `whsec_${Buffer.alloc(size, 200).toString("base64")}`;

  it.each([
    ["MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", /does not start with whsec_/],
    ["", /does not start with whsec_/],
    ["whsk_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", /Ed25519/],
    ["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaS", /not base64/],
    ["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw\n", /not base64/],
    ["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLa-_", /not base64/],
    [encoded(23), /23 bytes/],
    [encoded(65), /65 bytes/],
    ["whsec_", /0 bytes/],
  ])("refuses %j without repeating it", (text, message) => {
    expect(() => secretKey(text)).toThrow(message);
    const repeats = (error: unknown) => text.length > 6 && String(error).includes(text.slice(6).trim());
    try {
      secretKey(text);
    } catch (error) {
      expect(repeats(error)).toBe(false);
    }
  });

  it.each([24, 64])("takes %i bytes", (size) => {
    expect(secretKey(encoded(size)).symmetricKeySize).toBe(size);
  });
});
