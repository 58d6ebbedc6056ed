import { expect, it } from "vitest";
import { encodeId } from "@/lib/domain/ids";
import { pageOfId } from "./page-of-id";

const uuid = "01890a5d-ac96-774b-bcce-b302099a8057";

it.each([
  ["evt", "/events"],
  ["att", "/logs"],
  ["ep", "/endpoints"],
] as const)("leads from a pasted id that begins with %s to its page", (prefix, path) => {
  const id = encodeId(prefix, uuid);
  expect(pageOfId(` ${id}\n`)).toMatchObject({ id, href: `${path}/${id}` });
});

it.each(["", "evt_", "events", encodeId("key", uuid), `${encodeId("evt", uuid)}/..`])(
  "takes nothing else for an id: %j",
  (text) => expect(pageOfId(text)).toBeNull(),
);
