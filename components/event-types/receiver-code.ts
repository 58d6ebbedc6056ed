import type { CodeLanguage } from "@/components/ui/highlight-code";

export interface ReceiverSample {
  label: string;
  fileName: string;
  language: CodeLanguage;
  /** What has to be installed first. */
  install: string;
  code: string;
}

/**
 * A small server for each language that checks the signature with the Standard Webhooks library and handles one event
 * type. `firstField` is a property of the type's data to show at work, null when it has none.
 */
export function receiverSamples(eventType: string, firstField: string | null): ReceiverSample[] {
  return [
    nodeSample(eventType, firstField),
    pythonSample(eventType, firstField),
    goSample(eventType),
    phpSample(eventType, firstField),
  ];
}

/** Names come from schemas: only plain ones are written as they are. */
function isPlain(field: string | null): field is string {
  return field !== null && /^[A-Za-z_]\w*$/.test(field);
}

function nodeSample(eventType: string, field: string | null): ReceiverSample {
  return {
    label: "Node.js",
    fileName: "server.mjs",
    language: "javascript",
    install: "npm install standardwebhooks",
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
  if (event.eventType === ${JSON.stringify(eventType)}) {
    // The same eventId may come twice.
    console.log(event.eventId, ${isPlain(field) ? `event.data.${field}` : "event.data"});
  }
  response.writeHead(200).end();
}).listen(4000);
`,
  };
}

function pythonSample(eventType: string, field: string | null): ReceiverSample {
  return {
    label: "Python",
    fileName: "server.py",
    language: "python",
    install: "pip install flask standardwebhooks",
    code: `import os
from flask import Flask, request
from standardwebhooks.webhooks import Webhook, WebhookVerificationError

app = Flask(__name__)
webhook = Webhook(os.environ["WEBHOOK_SECRET"])  # whsec_...

@app.post("/webhooks")
def receive():
    try:
        event = webhook.verify(request.get_data(), dict(request.headers))
    except WebhookVerificationError:
        return "The signature is not valid", 400
    if event["eventType"] == ${JSON.stringify(eventType)}:
        # The same eventId may come twice.
        print(event["eventId"], ${isPlain(field) ? `event["data"]["${field}"]` : 'event["data"]'})
    return "", 200
`,
  };
}

function goSample(eventType: string): ReceiverSample {
  return {
    label: "Go",
    fileName: "main.go",
    language: "go",
    install: "go get github.com/standard-webhooks/standard-webhooks/libraries/go",
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
	http.HandleFunc("/webhooks", func(w http.ResponseWriter, r *http.Request) {
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
		if e.EventType == ${JSON.stringify(eventType)} {
			// The same eventId may come twice.
			log.Printf("%s %s", e.EventID, e.Data)
		}
		w.WriteHeader(http.StatusOK)
	})
	log.Fatal(http.ListenAndServe(":4000", nil))
}
`,
  };
}

function phpSample(eventType: string, field: string | null): ReceiverSample {
  return {
    label: "PHP",
    fileName: "webhooks.php",
    language: "php",
    install: "Nothing: PHP checks the signature by itself",
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
if ($event['eventType'] === '${eventType}') {
    // The same eventId may come twice.
    error_log($event['eventId'] . ' ' . json_encode(${isPlain(field) ? `$event['data']['${field}']` : "$event['data']"}));
}
http_response_code(200);
`,
  };
}
