import type { CodeLanguage } from "@/components/ui/highlight-code";

export interface ReceiverSample {
  label: string;
  fileName: string;
  language: CodeLanguage;
  /** What has to be installed first. */
  install: string;
  code: string;
  /** How it is started, beside the file. */
  run: string;
}

/** What a receiver is to do. */
export interface Receiver {
  /** The one type that it handles; null: it tells of every event. */
  eventType: string | null;
  /** A property of the type's data to show at work; null when it has none. */
  firstField: string | null;
  /** The endpoint that it is for: where that is this machine, it listens there. */
  endpointUrl?: string;
}

interface Sampled extends Receiver {
  port: string;
  path: string;
}

/** A small server for each language that checks the signature, as a rule with the Standard Webhooks library. */
export function receiverSamples(receiver: Receiver): ReceiverSample[] {
  const sampled = { ...receiver, ...placeOf(receiver.endpointUrl) };
  return [nodeSample(sampled), pythonSample(sampled), goSample(sampled), phpSample(sampled)];
}

/** Only a plain path is written into code as it is. */
function placeOf(endpointUrl = ""): Pick<Sampled, "port" | "path"> {
  const url = URL.parse(endpointUrl);
  const isHere = url !== null && /^(localhost|127\.0\.0\.1|\[::1\])$/.test(url.hostname);
  const path = url && /^[\w./~-]+$/.test(url.pathname) ? url.pathname : "/webhooks";
  return { port: (isHere && url.port) || "4000", path };
}

const withSecret = (command: string) => `WEBHOOK_SECRET='whsec_...' ${command}`;

/** Names come from schemas: only plain ones are written as they are. */
function isPlain(field: string | null): field is string {
  return field !== null && /^[A-Za-z_]\w*$/.test(field);
}

function nodeSample({ eventType, firstField: field, port }: Sampled): ReceiverSample {
  const work =
    eventType === null
      ? `  // The same eventId may come twice.
  console.log(event.eventType, event.eventId, event.data);`
      : `  if (event.eventType === ${JSON.stringify(eventType)}) {
    // The same eventId may come twice.
    console.log(event.eventId, ${isPlain(field) ? `event.data.${field}` : "event.data"});
  }`;
  return {
    label: "Node.js",
    fileName: "server.mjs",
    language: "javascript",
    install: "npm install standardwebhooks",
    run: withSecret("node server.mjs"),
    code: `import { createServer } from "node:http";
import { Webhook } from "standardwebhooks";

const webhook = new Webhook(process.env.WEBHOOK_SECRET); // whsec_...

createServer(async (request, response) => {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  // The raw body: it is parsed only after the check.
  const body = Buffer.concat(chunks).toString("utf8");
  let event;
  try {
    event = webhook.verify(body, request.headers);
  } catch {
    response.writeHead(400).end("The signature is not valid");
    return;
  }
${work}
  response.writeHead(200).end();
}).listen(${port});
`,
  };
}

function pythonSample({ eventType, firstField: field, port, path }: Sampled): ReceiverSample {
  const work =
    eventType === null
      ? `    # The same eventId may come twice.
    print(event["eventType"], event["eventId"], event["data"])`
      : `    if event["eventType"] == ${JSON.stringify(eventType)}:
        # The same eventId may come twice.
        print(event["eventId"], ${isPlain(field) ? `event["data"]["${field}"]` : 'event["data"]'})`;
  return {
    label: "Python",
    fileName: "server.py",
    language: "python",
    install: "pip install flask standardwebhooks",
    run: withSecret(`flask --app server run --port ${port}`),
    code: `import os
from flask import Flask, request
from standardwebhooks.webhooks import Webhook, WebhookVerificationError

app = Flask(__name__)
webhook = Webhook(os.environ["WEBHOOK_SECRET"])  # whsec_...

@app.post("${path}")
def receive():
    try:
        event = webhook.verify(request.get_data(), dict(request.headers))
    except WebhookVerificationError:
        return "The signature is not valid", 400
${work}
    return "", 200
`,
  };
}

function goSample({ eventType, port, path }: Sampled): ReceiverSample {
  const work =
    eventType === null
      ? `		// The same eventId may come twice.
		log.Printf("%s %s %s", e.EventType, e.EventID, e.Data)`
      : `		if e.EventType == ${JSON.stringify(eventType)} {
			// The same eventId may come twice.
			log.Printf("%s %s", e.EventID, e.Data)
		}`;
  return {
    label: "Go",
    fileName: "main.go",
    language: "go",
    install:
      "go mod init receiver && go get github.com/standard-webhooks/standard-webhooks/libraries/go@latest",
    run: withSecret("go run ."),
    code: `package main

import (
	"encoding/json"
	"io"
	"log"
	"net/http"
	"os"

	standardwebhooks "github.com/standard-webhooks/standard-webhooks/libraries/go"
)

type event struct {
	EventID   string          \`json:"eventId"\`
	EventType string          \`json:"eventType"\`
	Data      json.RawMessage \`json:"data"\`
}

func main() {
	webhook, err := standardwebhooks.NewWebhook(os.Getenv("WEBHOOK_SECRET")) // whsec_...
	if err != nil {
		log.Fatal(err)
	}
	http.HandleFunc("${path}", func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil || webhook.Verify(body, r.Header) != nil {
			http.Error(w, "The signature is not valid", http.StatusBadRequest)
			return
		}
		var e event
		if err := json.Unmarshal(body, &e); err != nil {
			http.Error(w, "The body is not JSON", http.StatusBadRequest)
			return
		}
${work}
		w.WriteHeader(http.StatusOK)
	})
	log.Fatal(http.ListenAndServe(":${port}", nil))
}
`,
  };
}

function phpSample({ eventType, firstField: field, port }: Sampled): ReceiverSample {
  const work =
    eventType === null
      ? `// The same eventId may come twice.
error_log("{$event['eventType']} {$event['eventId']} " . json_encode($event['data']));`
      : `if ($event['eventType'] === '${eventType}') {
    // The same eventId may come twice.
    error_log($event['eventId'] . ' ' . json_encode(${isPlain(field) ? `$event['data']['${field}']` : "$event['data']"}));
}`;
  return {
    label: "PHP",
    fileName: "webhooks.php",
    language: "php",
    install: "Nothing: PHP checks the signature by itself",
    run: withSecret(`php -S localhost:${port} webhooks.php`),
    code: `<?php
$body = file_get_contents('php://input');
$id = $_SERVER['HTTP_WEBHOOK_ID'] ?? '';
$timestamp = $_SERVER['HTTP_WEBHOOK_TIMESTAMP'] ?? '';
$key = base64_decode(substr(getenv('WEBHOOK_SECRET'), strlen('whsec_')));
$expected = 'v1,' . base64_encode(hash_hmac('sha256', "$id.$timestamp.$body", $key, true));
$signatures = explode(' ', $_SERVER['HTTP_WEBHOOK_SIGNATURE'] ?? '');
$valid = array_filter($signatures, fn ($signature) => hash_equals($expected, $signature));

if (!$valid || abs(time() - (int) $timestamp) > 300) {
    http_response_code(400);
    exit('The signature is not valid');
}
$event = json_decode($body, true);
${work}
http_response_code(200);
`,
  };
}
