import { z } from "zod";
import { noticeKinds, noticeStates, type NoticeKind, type NoticeState } from "@/lib/domain/notice";
import { choiceIn } from "./choice-in";
import { commaList } from "./comma-list";
import { pageQuery } from "./paging";
import { idIn } from "./public-id";

export const NoticeListQuery = pageQuery.extend({
  kind: z.preprocess(commaList, z.array(choiceIn(noticeKinds)).default([])),
  state: z.preprocess(commaList, z.array(choiceIn(noticeStates)).default([])),
  endpoint: idIn("endpoint").optional(),
});
export type NoticeListQuery = z.output<typeof NoticeListQuery>;

export const NoticeIdIn = z.object({ id: idIn("notice") });

/** One mail to one person. */
export interface NoticeOut {
  id: string;
  kind: NoticeKind;
  endpointId: string;
  /** Null: the endpoint was deleted. */
  endpointUrl: string | null;
  recipient: string;
  subject: string;
  state: NoticeState;
  attempts: number;
  lastError: string | null;
  createdAt: string;
  nextTryAt: string | null;
  sentAt: string | null;
}

export interface NoticeDetail extends NoticeOut {
  html: string;
  text: string;
}

/** The endpoints that there are notices about, for the filter. */
export interface NoticeEndpoint {
  id: string;
  url: string;
}

/** The kinds a member wants; the form sends the ticked ones. */
export const NoticePreferencesIn = z.strictObject({ wanted: z.array(choiceIn(noticeKinds)).default([]) });
export type NoticePreferencesIn = z.output<typeof NoticePreferencesIn>;
