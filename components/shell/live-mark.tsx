"use client";

import { useConnection } from "@/components/shell/use-connection";
import { StateDot } from "@/components/ui/state-dot";

/** Beside a list that is read again by itself; ConnectionNote says more when it is not. */
export function LiveMark() {
  const isLive = useConnection() === "live";
  return (
    <span className="flex items-center gap-1.5">
      <StateDot tone={isLive ? "success" : "warning"} pulse={isLive} />
      {isLive ? "Live" : "Not up to date"}
    </span>
  );
}
