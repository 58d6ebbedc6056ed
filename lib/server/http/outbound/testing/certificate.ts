import { generateKeyPairSync, sign, type KeyObject } from "node:crypto";

/** A key and its certificate in PEM, as node:tls takes them. */
export interface Certified {
  key: string;
  cert: string;
  privateKey: KeyObject;
  name: string;
}

export interface CertificateOptions {
  name: string;
  /** Host names it is for; addresses are written as IP entries. */
  hosts?: string[];
  /** Who signs; itself when left out. */
  issuer?: Certified;
  validFrom?: Date;
  validUntil?: Date;
}

const day = 24 * 60 * 60 * 1000;
const ecdsaWithSha256 = sequence(oid("1.2.840.10045.4.3.2"));

/** Makes an X.509 certificate (RFC 5280) at run time: no tool is needed and no key lies in the repository. */
export function makeCertificate(options: CertificateOptions): Certified {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const from = options.validFrom ?? new Date(Date.now() - day);
  const until = options.validUntil ?? new Date(Date.now() + day);
  const toBeSigned = sequence(
    tagged(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, Buffer.from([1 + Math.floor(Math.random() * 100)])),
    ecdsaWithSha256,
    distinguishedName(options.issuer?.name ?? options.name),
    sequence(utcTime(from), utcTime(until)),
    distinguishedName(options.name),
    publicKey.export({ type: "spki", format: "der" }),
    tagged(0xa3, sequence(...extensions(options))),
  );
  const signature = sign("sha256", toBeSigned, options.issuer?.privateKey ?? privateKey);
  const certificate = sequence(toBeSigned, ecdsaWithSha256, bits(signature));
  return {
    key: privateKey.export({ type: "pkcs8", format: "pem" }) as string,
    cert: `-----BEGIN CERTIFICATE-----\n${certificate.toString("base64")}\n-----END CERTIFICATE-----\n`,
    privateKey,
    name: options.name,
  };
}

function extensions({ hosts }: CertificateOptions): Buffer[] {
  if (!hosts) return [extension("2.5.29.19", sequence(der(0x01, Buffer.from([0xff]))))];
  const names = hosts.map((host) =>
    /^[\d.]+$/.test(host)
      ? der(0x87, Buffer.from(host.split(".").map(Number)))
      : der(0x82, Buffer.from(host, "latin1")),
  );
  return [extension("2.5.29.17", sequence(...names))];
}

function extension(id: string, value: Buffer): Buffer {
  return sequence(oid(id), der(0x04, value));
}

function distinguishedName(commonName: string): Buffer {
  return sequence(der(0x31, sequence(oid("2.5.4.3"), der(0x0c, Buffer.from(commonName)))));
}

function utcTime(date: Date): Buffer {
  const text = date.toISOString().replace(/[-:T]/g, "").slice(2, 14);
  return der(0x17, Buffer.from(`${text}Z`, "latin1"));
}

function bits(content: Buffer): Buffer {
  return der(0x03, Buffer.concat([Buffer.from([0]), content]));
}

function sequence(...parts: Buffer[]): Buffer {
  return der(0x30, Buffer.concat(parts));
}

function tagged(tag: number, content: Buffer): Buffer {
  return der(tag, content);
}

function oid(text: string): Buffer {
  const [first = 0, second = 0, ...rest] = text.split(".").map(Number);
  const bytes = [first * 40 + second];
  for (const part of rest) {
    const digits = [part & 0x7f];
    for (let left = part >> 7; left > 0; left >>= 7) digits.unshift((left & 0x7f) | 0x80);
    bytes.push(...digits);
  }
  return der(0x06, Buffer.from(bytes));
}

function der(tag: number, content: Buffer): Buffer {
  const { length } = content;
  const header = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...header]), content]);
}
