"use server";

import { revalidatePath } from "next/cache";
import { NoticeIdIn, NoticePreferencesIn } from "@/lib/schemas/notification";
import { formAction, userAction } from "@/lib/server/http/user-action";
import { updateNoticePreferences } from "@/lib/server/use-cases/notice-preferences";
import { retryNotice } from "@/lib/server/use-cases/retry-notice";

export const retryNoticeAction = userAction(
  NoticeIdIn,
  ({ deps, principal, input }) => retryNotice(deps, principal, input.id),
  { admin: true },
);

export const updateNoticePreferencesAction = formAction(
  NoticePreferencesIn,
  async ({ deps, principal, input }) => {
    const wanted = await updateNoticePreferences(deps, principal, input.wanted);
    revalidatePath("/notifications/preferences");
    return wanted;
  },
);
