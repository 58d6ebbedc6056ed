/** What a test inbox can be told to do with the requests that arrive. */
export const inboxBehaviors = ["succeed", "fail", "crawl", "redirect"] as const;
export type InboxBehavior = (typeof inboxBehaviors)[number];

/** The path of an inbox below the public base URL; the token is what makes it the organization's own. */
export function inboxPath(token: string): string {
  return `/in/${token}`;
}

/** The query that a redirect adds: whoever follows it is answered with 200 and can be told apart in the list. */
const followedQuery = "?followed-a-redirect";

/**
 * `crawl` is sent one byte at a time and never ends in time. Everything else is a short answer whose text is ours but
 * for the challenge, which is JSON-encoded: this is served from the dashboard's own origin.
 */
export type InboxAnswer =
  { kind: "crawl" } | { kind: "answer"; status: number; headers: Record<string, string>; body: string };

export interface InboxQuestion {
  behavior: InboxBehavior;
  /** The inbox's public URL. */
  url: string;
  query: string;
  /** The value of the verification header, when the request is a challenge. */
  challenge: string | null;
}

export function answerInboxRequest({ behavior, url, query, challenge }: InboxQuestion): InboxAnswer {
  switch (behavior) {
    case "crawl":
      return { kind: "crawl" };
    case "fail":
      return json(500, { error: "This inbox was told to fail." });
    case "redirect":
      return query === followedQuery
        ? json(200, { received: true })
        : { ...json(302, { received: true }), headers: { location: url + followedQuery } };
    case "succeed":
      return json(200, challenge === null ? { received: true } : { verification: challenge });
  }
}

function json(status: number, value: unknown): Extract<InboxAnswer, { kind: "answer" }> {
  return { kind: "answer", status, headers: {}, body: JSON.stringify(value) };
}
