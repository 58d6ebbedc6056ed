import "server-only";
import { onTestFinished } from "vitest";
import { parseCidr, type Cidr } from "@/lib/domain/address-policy";
import { createOutboundClient, type OutboundClient, type OutboundClientOptions } from "../client";

/** Parsed ranges; throws on a misspelt one. */
export function ranges(...texts: string[]): Cidr[] {
  return texts.map((text) => {
    const range = parseCidr(text);
    if (!range) throw new Error(`${text} is not a range`);
    return range;
  });
}

/** A client that may call this machine, destroyed with the test. */
export function testClient(options: Partial<OutboundClientOptions> = {}): OutboundClient {
  const client = createOutboundClient({ allow: ranges("127.0.0.0/8", "::1/128"), ...options });
  onTestFinished(() => client.destroy());
  return client;
}
