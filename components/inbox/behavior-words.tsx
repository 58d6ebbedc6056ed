import { Check, ServerCrash, Snail, Undo2 } from "lucide-react";
import type { ReactNode } from "react";
import type { InboxBehavior } from "@/lib/domain/inbox-answer";

interface BehaviorWords {
  label: string;
  /** What the next request will meet, and what Posthorn makes of it. */
  sentence: string;
  icon: ReactNode;
}

export const behaviorWords: Record<InboxBehavior, BehaviorWords> = {
  succeed: {
    label: "Succeed",
    sentence: "Answers 200 to everything and repeats verification challenges.",
    icon: <Check aria-hidden />,
  },
  fail: {
    label: "Fail",
    sentence: "Answers 500: every delivery is retried on its schedule and exhausted after the last attempt.",
    icon: <ServerCrash aria-hidden />,
  },
  crawl: {
    label: "Crawl",
    sentence: "Answers 200 and then sends one byte a second for a minute: the attempt ends in a timeout.",
    icon: <Snail aria-hidden />,
  },
  redirect: {
    label: "Redirect",
    sentence: "Answers 302 to its own address: redirects are not followed and count as failures.",
    icon: <Undo2 aria-hidden />,
  },
};
