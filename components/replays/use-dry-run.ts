"use client";

import { useEffect, useState } from "react";
import { type CountReplay, type DryRunResult, type ReplayChoice, replayInput } from "./replay-choice";

const notCounted = {
  ok: false as const,
  message: "The server did not answer. Choose again in a moment.",
  errors: [],
};
const notChosen = { ok: false as const, message: "Say from when on.", errors: [] };

/** Counts what the choice would send, again after each change; null while it is being counted. */
export function useDryRun(id: string, count: CountReplay, choice: ReplayChoice): DryRunResult | null {
  const [verdict, setVerdict] = useState<{ key: string; result: DryRunResult } | null>(null);
  const key = JSON.stringify(choice);
  useEffect(() => {
    let current = true;
    const timer = setTimeout(() => {
      const input = replayInput(JSON.parse(key) as ReplayChoice, new Date());
      const counting = input ? count(id, { ...input, dryRun: true }) : Promise.resolve(notChosen);
      void counting
        .catch(() => notCounted)
        .then((result) => {
          if (current) setVerdict({ key, result });
        });
    }, 250);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [id, count, key]);
  return verdict?.key === key ? verdict.result : null;
}
