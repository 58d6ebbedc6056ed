"use client";

import { type ChangeEvent, type ChangeEventHandler, useEffect, useEffectEvent, useRef } from "react";

type Control = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

interface Controlled<Element extends Control> {
  value?: unknown;
  checked?: boolean | undefined;
  onChange?: ChangeEventHandler<Element> | undefined;
}

/**
 * For a control whose value is somebody's state. React leaves in it what was entered before hydration, but the state does
 * not know, and the next rendering would put the state over it: so the state is told, as if it was entered now. Returns
 * the control's ref. Where several controls share a state, its changes have to start from the current one.
 */
export function useEnteredEarly<Element extends Control>({ value, checked, onChange }: Controlled<Element>) {
  const control = useRef<Element>(null);
  const tell = useEffectEvent(() => {
    const element = control.current;
    if (!element) return;
    const isOther =
      checked === undefined
        ? value !== undefined && element.value !== String(value)
        : "checked" in element && element.checked !== checked;
    if (isOther) onChange?.({ target: element, currentTarget: element } as ChangeEvent<Element>);
  });
  useEffect(() => tell(), []);
  return control;
}
