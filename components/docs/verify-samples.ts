import type { CodeLanguage } from "@/components/ui/highlight-code";

export interface VerifySample {
  label: string;
  fileName: string;
  language: CodeLanguage;
  code: string;
}

/** The check of a signature with nothing but each language's own library. A test runs those it can. */
export const verifySamples: readonly VerifySample[] = [
  {
    label: "Node.js",
    fileName: "verify.mjs",
    language: "javascript",
    code: `import { createHmac, timingSafeEqual } from "node:crypto";

// body: the raw request body, as text or bytes. headers: with lower-case names.
export function verify(secret, headers, body) {
  const id = headers["webhook-id"];
  const timestamp = headers["webhook-timestamp"];
  if (!(Math.abs(Date.now() / 1000 - Number(timestamp)) <= 300)) return false;
  const key = Buffer.from(secret.replace(/^whsec_/, ""), "base64");
  const expected = createHmac("sha256", key).update(\`\${id}.\${timestamp}.\`).update(body).digest();
  return (headers["webhook-signature"] ?? "").split(" ").some((part) => {
    const given = Buffer.from(part.replace(/^v1,/, ""), "base64");
    return part.startsWith("v1,") && given.length === expected.length && timingSafeEqual(given, expected);
  });
}
`,
  },
  {
    label: "Python",
    fileName: "verify.py",
    language: "python",
    code: `import base64
import hashlib
import hmac
import time


# body: the raw request body as bytes. headers: with lower-case names.
def verify(secret, headers, body):
    message_id = headers.get("webhook-id", "")
    timestamp = headers.get("webhook-timestamp", "")
    if not timestamp.isdigit() or abs(time.time() - int(timestamp)) > 300:
        return False
    key = base64.b64decode(secret.removeprefix("whsec_"))
    content = f"{message_id}.{timestamp}.".encode() + body
    expected = base64.b64encode(hmac.new(key, content, hashlib.sha256).digest()).decode()
    given = headers.get("webhook-signature", "").split(" ")
    return any(hmac.compare_digest(part, "v1," + expected) for part in given)
`,
  },
  {
    label: "Go",
    fileName: "verify.go",
    language: "go",
    code: `package webhook

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// Verify takes the raw body, as read from the request.
func Verify(secret string, header http.Header, body []byte) bool {
	id, timestamp := header.Get("webhook-id"), header.Get("webhook-timestamp")
	seconds, err := strconv.ParseInt(timestamp, 10, 64)
	if err != nil || time.Since(time.Unix(seconds, 0)).Abs() > 5*time.Minute {
		return false
	}
	key, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(secret, "whsec_"))
	if err != nil {
		return false
	}
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte(id + "." + timestamp + "."))
	mac.Write(body)
	expected := mac.Sum(nil)
	for _, part := range strings.Split(header.Get("webhook-signature"), " ") {
		text, isV1 := strings.CutPrefix(part, "v1,")
		given, err := base64.StdEncoding.DecodeString(text)
		if isV1 && err == nil && hmac.Equal(given, expected) {
			return true
		}
	}
	return false
}
`,
  },
  {
    label: "PHP",
    fileName: "verify.php",
    language: "php",
    code: `<?php
// $body: file_get_contents('php://input'). $headers: with lower-case names.
function verify(string $secret, array $headers, string $body): bool
{
    $id = $headers['webhook-id'] ?? '';
    $timestamp = $headers['webhook-timestamp'] ?? '';
    if (!ctype_digit($timestamp) || abs(time() - (int) $timestamp) > 300) {
        return false;
    }
    $key = base64_decode(preg_replace('/^whsec_/', '', $secret));
    $expected = 'v1,' . base64_encode(hash_hmac('sha256', "$id.$timestamp.$body", $key, true));
    foreach (explode(' ', $headers['webhook-signature'] ?? '') as $given) {
        if (hash_equals($expected, $given)) {
            return true;
        }
    }
    return false;
}
`,
  },
  {
    label: "Ruby",
    fileName: "verify.rb",
    language: "ruby",
    code: `require "openssl"

# body: request.body.read, before anything parses it. headers: with lower-case names.
def verify(secret, headers, body)
  id, timestamp = headers.values_at("webhook-id", "webhook-timestamp")
  return false unless timestamp.to_s.match?(/\\A\\d+\\z/)
  return false if (Time.now.to_i - timestamp.to_i).abs > 300

  key = secret.delete_prefix("whsec_").unpack1("m")
  content = "#{id}.#{timestamp}.".b + body.b
  expected = "v1," + [OpenSSL::HMAC.digest("SHA256", key, content)].pack("m0")
  headers.fetch("webhook-signature", "").split(" ").any? do |given|
    OpenSSL.secure_compare(given, expected)
  end
end
`,
  },
];
