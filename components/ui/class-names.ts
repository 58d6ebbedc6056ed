import { type ClassValue, clsx } from "clsx";
import { extendTailwindMerge } from "tailwind-merge";

// The scales of app/globals.css, so that `text-2xs` is known as a size and does not swallow `text-muted`, a colour.
const merge = extendTailwindMerge({
  extend: {
    theme: {
      text: ["2xs", "xs", "sm", "base", "md", "lg", "xl", "2xl"],
      shadow: ["pop", "dialog", "control"],
    },
  },
});

/** Joins class names; of two that set the same property the last one wins, so a caller's `className` can override. */
export function cn(...classes: ClassValue[]): string {
  return merge(clsx(classes));
}
