import "server-only";

/** Answers that crawl at the same time in this process; each is a connection that is held open. */
export const crawlsMax = 20;

export interface CrawlPace {
  /** Between two bytes. */
  everyMs: number;
  /** After this long the answer ends by itself. */
  forMs: number;
}

/** Longer than any endpoint's timeout. */
const usualPace: CrawlPace = { everyMs: 1_000, forMs: 60_000 };

let crawling = 0;

/** Whether one more may crawl now. */
export function mayCrawl(): boolean {
  return crawling < crawlsMax;
}

/**
 * A 200 whose body comes one byte at a time, or null when too many crawl already. It ends when the sender hangs up, or
 * when its time is over.
 */
export function crawl({ everyMs, forMs }: CrawlPace = usualPace): Response | null {
  if (!mayCrawl()) return null;
  crawling += 1;
  let timer: NodeJS.Timeout | undefined;
  let open = true;
  const end = () => {
    if (!open) return;
    open = false;
    crawling -= 1;
    clearInterval(timer);
  };
  let bytesLeft = Math.max(1, Math.floor(forMs / everyMs));
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      timer = setInterval(() => {
        // A byte is only due once the one before was taken: a sender that stops reading costs no memory.
        if ((controller.desiredSize ?? 0) > 0) controller.enqueue(Uint8Array.of(0x2e));
        bytesLeft -= 1;
        if (bytesLeft > 0) return;
        end();
        controller.close();
      }, everyMs);
    },
    cancel: end,
  });
  return new Response(body, {
    status: 200,
    headers: { "content-type": "text/plain; charset=utf-8", "x-content-type-options": "nosniff" },
  });
}
