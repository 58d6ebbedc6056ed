import { expect, it } from "vitest";
import { readBytes } from "./request-body";

it("takes a client that hangs up while it sends for a bad request, not for a lost database", async () => {
  const body = new ReadableStream({
    start(controller) {
      controller.enqueue(new Uint8Array([0x7b]));
      controller.error(Object.assign(new Error("aborted"), { code: "ECONNRESET" }));
    },
  });
  const request = new Request("http://x/", { method: "POST", body, duplex: "half" } as RequestInit);
  await expect(readBytes(request, 1024)).rejects.toMatchObject({ status: 400 });
});
