import type { ApiOperation } from "@/components/docs/api-groups";

/** A line for a shell. `$POSTHORN_KEY` stands for the key, so that it does not end in the shell's history. */
export function curlOf({ method, path, needsKey, body }: ApiOperation, baseUrl: string): string {
  const lines = [`curl ${method === "GET" ? "" : `-X ${method} `}'${baseUrl}${path}'`];
  if (needsKey) lines.push(`  -H "Authorization: Bearer $POSTHORN_KEY"`);
  if (body) {
    lines.push(`  -H 'content-type: application/json'`);
    // A quote inside is closed, escaped and opened again: the one way in single quotes.
    lines.push(`  -d '${JSON.stringify(body.example, null, 2).replaceAll("'", `'\\''`)}'`);
  }
  return lines.join(" \\\n");
}
