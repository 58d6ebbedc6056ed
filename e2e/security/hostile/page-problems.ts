import type { Page } from "@playwright/test";

/** What a page that is open shows of foreign texts as it should not, one sentence each. */
export async function problemsOf(page: Page): Promise<string[]> {
  const { ran, overflow, covered } = await page.evaluate(async () => {
    // What the page's own scripts do at first is done when the browser has nothing else to do.
    await new Promise((done) => requestIdleCallback(done));
    const { scrollWidth, clientWidth } = document.documentElement;
    const rectsOfText = (element: Element) => {
      const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
      const range = document.createRange();
      const rects: DOMRect[] = [];
      while (texts.nextNode()) {
        range.selectNodeContents(texts.currentNode);
        rects.push(...range.getClientRects());
      }
      return rects;
    };
    const isCovered = (actions: Element) => {
      const { left, bottom } = actions.getBoundingClientRect();
      const cell = actions.closest("tr")?.querySelector("td");
      if (!cell || cell.contains(actions)) return false;
      return rectsOfText(cell).some(({ right, top }) => right > left && top < bottom);
    };
    return {
      ran: "ran" in window,
      overflow: scrollWidth - clientWidth,
      covered: [...document.querySelectorAll("tr [data-row-actions]")].filter(isCovered).length,
    };
  });
  return [
    ...(ran ? ["a foreign script ran"] : []),
    ...(overflow > 0 ? [`${overflow} px wider than the screen`] : []),
    ...(covered > 0 ? [`${covered} titles under the buttons of their rows`] : []),
  ];
}
