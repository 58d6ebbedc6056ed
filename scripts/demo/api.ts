/** The demo is a client like any other: what is live in it goes over the REST API with the demo's key. */
export class DemoApi {
  readonly #base: string;
  readonly #key: string;

  constructor(port: number, key: string) {
    this.#base = `http://127.0.0.1:${port}/api/v1`;
    this.#key = key;
  }

  async send<Answer>(
    method: "POST" | "PATCH",
    path: string,
    body: unknown,
    signal: AbortSignal,
  ): Promise<Answer> {
    const response = await fetch(this.#base + path, {
      method,
      headers: { authorization: `Bearer ${this.#key}`, "content-type": "application/json" },
      body: JSON.stringify(body),
      signal,
    });
    const answer = (await response.json()) as Answer & { detail?: string };
    if (!response.ok)
      throw new Error(`${method} ${path} was answered ${response.status}: ${answer.detail ?? ""}`);
    return answer;
  }
}
