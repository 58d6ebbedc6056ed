"use client";

import { useEffect, useState } from "react";

/**
 * The value as it was when it last stood still for `pauseMs`: what a check of half-typed text is asked about. Keep the
 * value's identity between renders (useMemo), or it never stands still.
 */
export function useSettled<Value>(value: Value, pauseMs = 300): Value {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), pauseMs);
    return () => clearTimeout(timer);
  }, [value, pauseMs]);
  return settled;
}
