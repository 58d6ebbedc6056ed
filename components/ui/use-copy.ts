"use client";

import { useEffect, useRef, useState } from "react";
import { announce } from "@/components/ui/announcer";

const confirmedMs = 1600;

/** What a copy came to, in words. */
export const copyWords = { copied: "Copied", failed: "The browser did not allow it" };

/** Copies text and says so; `copied` is true for a moment after it worked, `failed` when the browser refused. */
export function useCopy() {
  const [state, setState] = useState<"idle" | "copied" | "failed">("idle");
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);

  async function copy(text: string) {
    clearTimeout(timer.current);
    const outcome = (await writeToClipboard(text)) ? "copied" : "failed";
    setState(outcome);
    announce(copyWords[outcome]);
    timer.current = setTimeout(() => setState("idle"), confirmedMs);
  }
  return { copy, copied: state === "copied", failed: state === "failed" };
}

async function writeToClipboard(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return writeThroughSelection(text);
  }
}

/** The clipboard interface is missing on plain http, where a self-hosted instance may well be opened. */
function writeThroughSelection(text: string): boolean {
  const area = document.createElement("textarea");
  area.value = text;
  area.style.position = "fixed";
  area.style.opacity = "0";
  document.body.append(area);
  area.select();
  const done = document.execCommand("copy");
  area.remove();
  return done;
}
