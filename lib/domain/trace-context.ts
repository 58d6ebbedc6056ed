const pattern = /^([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?$/;

/**
 * A `traceparent` header in the form of version 00 (W3C Trace Context, section 3.2), or null when it names no trace:
 * the specification asks to go on without one then, never to refuse the request. What later versions append is dropped.
 */
export function parseTraceparent(header: string | null): string | null {
  const [, version, traceId, parentId, flags, more] = pattern.exec(header?.trim() ?? "") ?? [];
  if (!traceId || !parentId || version === "ff" || (version === "00" && more !== undefined)) return null;
  if (/^0+$/.test(traceId) || /^0+$/.test(parentId)) return null;
  return `00-${traceId}-${parentId}-${flags}`;
}
