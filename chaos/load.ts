import { setTimeout as delay } from "node:timers/promises";
import { bootstrap } from "../e2e/fixtures/instance.ts";
import { eventType } from "./world/world.ts";

/** What a client asks for until it is accepted: one event or a batch, with a key. */
export interface Publication {
  /** Names it in the `data` of each of its events, together with their place in it. */
  ref: string;
  size: number;
  /** The events of the answer that accepted it. */
  eventIds: string[];
  acceptedAtMs: number;
}

/** An answer that refused a publication. */
export interface Refusal {
  status: number;
  contentType: string;
  retryAfter: string | null;
  detail: string;
  atMs: number;
}

export interface LoadOptions {
  webUrl: string;
  clients?: number;
  /** Between two publications of one client. */
  everyMs?: number;
}

/** Every fourth publication is a batch of so many. */
const batchSize = 10;
const patienceMs = 12_000;
/** Clients are told when to try again, and do so sooner: what is refused must bear being asked. */
const retryAfterMs = 400;

let runs = 0;

/**
 * Several clients that publish without a break, remember what was accepted, and ask again for what was not: a client
 * of the API as it should be, which knows about its events what it was told and nothing else.
 */
export class Load {
  readonly publications: Publication[] = [];
  readonly refusals: Refusal[] = [];
  /** Answers that no client can make sense of, such as 500. */
  readonly faults: string[] = [];
  /** In the `data` of all events of this load. */
  readonly run = `${process.pid}-${(runs += 1)}`;
  readonly startedAtMs = Date.now();
  readonly #options: Required<LoadOptions>;
  readonly #clients: Promise<void>[];
  #running = true;
  #aborted = false;

  constructor(options: LoadOptions) {
    this.#options = { clients: 6, everyMs: 120, ...options };
    this.#clients = Array.from({ length: this.#options.clients }, (_, index) => this.#client(index));
  }

  get accepted(): readonly Publication[] {
    return this.publications.filter(({ eventIds }) => eventIds.length > 0);
  }

  /** Begins nothing new, and resolves when everything that was begun is accepted. */
  async finish(): Promise<void> {
    this.#running = false;
    await Promise.all(this.#clients);
  }

  /** Ends what was begun as it is: what a failed scenario leaves behind is still looked at. */
  abort(): void {
    this.#running = false;
    this.#aborted = true;
  }

  async #client(index: number): Promise<void> {
    for (let turn = 0; this.#running; turn += 1) {
      const publication: Publication = {
        ref: `${index}-${turn}`,
        size: turn % 4 === 3 ? batchSize : 1,
        eventIds: [],
        acceptedAtMs: 0,
      };
      this.publications.push(publication);
      while (!(await this.#publish(publication)) && !this.#aborted) await delay(retryAfterMs);
      await delay(this.#options.everyMs);
    }
  }

  /** Says whether the client is done with it. */
  async #publish(publication: Publication): Promise<boolean> {
    const { ref, size } = publication;
    const events = Array.from({ length: size }, (_, place) => ({
      eventType,
      data: { run: this.run, ref, place, text: "x".repeat(200) },
    }));
    const key = { "idempotency-key": `${this.run} ${ref}` };
    const answer =
      size === 1
        ? await this.#post("/events", events[0], key)
        : await this.#post("/events/batch", { events }, key);
    if (answer === null || answer.status === 503) return false;
    if (answer.status !== 202) {
      this.faults.push(`${answer.status} ${answer.text.slice(0, 200)}`);
      return true;
    }
    const body = JSON.parse(answer.text) as { eventId: string; items?: { eventId: string }[] };
    publication.eventIds = body.items?.map(({ eventId }) => eventId) ?? [body.eventId];
    publication.acceptedAtMs = Date.now();
    return true;
  }

  /** Null when there was no whole answer, or one that says that it does not know. */
  async #post(
    path: string,
    body: unknown,
    headers: Record<string, string>,
  ): Promise<{ status: number; text: string } | null> {
    try {
      const response = await fetch(`${this.#options.webUrl}/api/v1${path}`, {
        method: "POST",
        headers: {
          authorization: `Bearer ${bootstrap.apiKey}`,
          "content-type": "application/json",
          ...headers,
        },
        body: JSON.stringify(body),
        signal: AbortSignal.timeout(patienceMs),
      });
      const text = await response.text();
      if (response.status === 202) return { status: 202, text };
      this.#refused(response, text);
      return /not known/.test(text) ? null : { status: response.status, text };
    } catch {
      return null;
    }
  }

  #refused({ status, headers }: Response, text: string): void {
    this.refusals.push({
      status,
      contentType: headers.get("content-type") ?? "",
      retryAfter: headers.get("retry-after"),
      detail: text.slice(0, 300),
      atMs: Date.now(),
    });
  }
}
