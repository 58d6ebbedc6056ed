import { NoticeIdIn } from "@/lib/schemas/notification";
import { internalRoute } from "@/lib/server/http/internal-route";
import { getNotice } from "@/lib/server/use-cases/list-notices";

/**
 * The mail as its reader sees it, for a frame. A document of its own, not a `srcdoc`, because its inline styles need
 * another policy than the page around it; nothing in it runs or loads, also when it is opened by itself.
 */
export const GET = internalRoute(NoticeIdIn, async ({ deps, principal, query }) => {
  const { html } = await getNotice(deps, principal, query.id);
  return new Response(html, {
    headers: {
      "content-type": "text/html; charset=utf-8",
      "content-security-policy":
        "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox",
      "x-content-type-options": "nosniff",
      "cache-control": "no-store",
    },
  });
});
