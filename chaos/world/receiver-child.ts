// The receiver of the suite, in a process of its own, so that nothing that happens to Posthorn happens to it. Tells its
// parent what arrived, in batches, and is told how long to take for an answer.
import { startWebhookReceiver } from "../../lib/server/testing/webhook-receiver.ts";
import type { Arrival } from "./receiver.ts";

let answerAfterMs = 0;
let arrivals: Arrival[] = [];

const receiver = await startWebhookReceiver(async ({ path, headers, at }) => {
  arrivals.push({ path, webhookId: String(headers["webhook-id"]), atMs: at.getTime() });
  receiver.requests.length = 0; // nobody asks for them here
  await new Promise((resolve) => setTimeout(resolve, answerAfterMs));
  return { status: 200 };
});

function tell(answers?: number): void {
  const batch = arrivals;
  arrivals = [];
  process.send?.({ arrivals: batch, answers });
}

const timer = setInterval(() => arrivals.length > 0 && tell(), 20);
process.on("message", (message: { answerAfterMs?: number; question: number }) => {
  answerAfterMs = message.answerAfterMs ?? answerAfterMs;
  tell(message.question);
});
process.once("disconnect", () => {
  clearInterval(timer);
  void receiver.close();
});
process.send?.({ origin: new URL(receiver.url).origin });
