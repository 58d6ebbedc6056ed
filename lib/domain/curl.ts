export interface CurlRequest {
  method: string;
  url: string;
  headers: Readonly<Record<string, string>>;
  /** Null when the request has none. */
  body: string | null;
}

/** curl writes these itself, to fit the connection it makes. */
const headersOfTheConnection = new Set(["host", "content-length", "connection", "transfer-encoding"]);
const headerName = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;

/**
 * A command that sends the request again, for a POSIX shell: one argument per line, every one quoted, so that nothing
 * in the request is run, expanded or read from a file. Characters that a terminal would act on while the command is
 * pasted are written as octal escapes of `printf`. A NUL cannot be an argument and is left out, as is a header whose
 * name is no header name.
 */
export function curlCommand({ method, url, headers, body }: CurlRequest): string {
  const parts = [`curl --request ${shellQuote(method)} --globoff`, `--url ${shellQuote(url)}`];
  for (const [name, value] of Object.entries(headers)) {
    if (!headerName.test(name) || headersOfTheConnection.has(name.toLowerCase())) continue;
    parts.push(`--header ${shellQuote(headerArgument(name, value))}`);
  }
  // Not --data, which reads a file when the body begins with @.
  if (body !== null) parts.push(`--data-raw ${shellQuote(body)}`);
  return parts.join(" \\\n  ");
}

/** curl takes "name:" as the wish to leave a header out, and "name;" as one without a value. */
function headerArgument(name: string, value: string): string {
  // Without its NULs first, which no argument can hold: a value of nothing else is no value.
  const line = value
    .replaceAll("\0", "")
    .replaceAll(/[\r\n]+/g, " ")
    .trim();
  return line === "" ? `${name};` : `${name}: ${line}`;
}

/** C0, DEL and C1 controls other than line feed, and the marks that reverse the direction of writing. */
const actsOnTerminal = /[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** One word of a POSIX shell command that means exactly `text`, without its NUL characters. */
export function shellQuote(text: string): string {
  const withoutNul = text.replaceAll("\0", "");
  if (withoutNul.search(actsOnTerminal) < 0) return singleQuoted(withoutNul);
  // A command substitution loses the line feeds at its end, so they follow it.
  const ending = /\n*$/.exec(withoutNul)![0];
  const format = withoutNul
    .slice(0, withoutNul.length - ending.length)
    .replaceAll("\\", "\\\\")
    .replaceAll("%", "%%")
    .replaceAll(actsOnTerminal, octalEscapes);
  return `"$(printf -- ${singleQuoted(format)})"${ending && singleQuoted(ending)}`;
}

/** Nothing is special between single quotes but the quote itself. */
function singleQuoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

function octalEscapes(character: string): string {
  return [...new TextEncoder().encode(character)]
    .map((byte) => `\\${byte.toString(8).padStart(3, "0")}`)
    .join("");
}
