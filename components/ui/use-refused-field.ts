"use client";

import { type RefObject, useEffect, useRef } from "react";

const wrongField =
  ":is(input, textarea, select)[aria-invalid=true]:enabled, [role=radiogroup][aria-invalid=true] input:enabled";

/**
 * When a form has been sent and came back refused, the first field that is wrong gets the focus: a person is told what
 * is wrong where it is mended. `sender` is the button that sends it.
 */
export function useRefusedField(sender: RefObject<HTMLButtonElement | null>, isSending: boolean): void {
  // A page that comes with its answer has been sent before hydration.
  const hasBeenSent = useRef(true);
  useEffect(() => {
    if (!isSending && hasBeenSent.current) {
      sender.current?.form?.querySelector<HTMLElement>(wrongField)?.focus();
    }
    hasBeenSent.current = isSending;
  }, [sender, isSending]);
}
