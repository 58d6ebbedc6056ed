"use client";

import { Monitor, Moon, Sun } from "lucide-react";
import { useTheme } from "next-themes";
import { useIsHydrated } from "@/components/ui/clock";
import { RadioCards } from "@/components/ui/radio-cards";

const themes = [
  { value: "system", label: "Like the system", icon: <Monitor aria-hidden /> },
  { value: "light", label: "Light", icon: <Sun aria-hidden /> },
  { value: "dark", label: "Dark", icon: <Moon aria-hidden /> },
];

/** The theme of this browser. The server does not know it, so nothing is chosen until the browser has said. */
export function ThemeChoice() {
  const { theme = "system", setTheme } = useTheme();
  const inBrowser = useIsHydrated();
  return (
    <RadioCards
      name="theme"
      legend="Theme of this browser"
      legendHidden
      options={themes}
      columns={3}
      value={inBrowser ? theme : ""}
      onValueChange={setTheme}
    />
  );
}
