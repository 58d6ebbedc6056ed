export interface BodyText {
  text: string;
  /** The bytes are not text, so the text is not all of them. */
  isBinary: boolean;
}

/**
 * Foreign bytes as text to look at: UTF-8, with U+FFFD in place of what is none. `truncated`: the bytes may end in the
 * middle of a character, which says nothing about the rest.
 */
export function bodyText(bytes: Uint8Array, truncated: boolean): BodyText {
  const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes, { stream: truncated });
  return { text, isBinary: text.includes("\0") || !isUtf8(bytes, truncated) };
}

function isUtf8(bytes: Uint8Array, truncated: boolean): boolean {
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes, { stream: truncated });
    return true;
  } catch {
    return false;
  }
}
