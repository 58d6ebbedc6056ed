import type { Page } from "@playwright/test";

/** The narrowest window that WCAG asks for (1.4.10): 1280 pixels at 400 %. */
const narrow = { width: 320, height: 640 };

/** What makes the page wider than a narrow window. Tables, code and rows of tabs scroll within themselves. */
export async function tooWide(page: Page): Promise<string[]> {
  const wide = page.viewportSize();
  await page.setViewportSize(narrow);
  await chartsFit(page);
  const found = await page.evaluate(() => {
    const { clientWidth, scrollWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) return [];
    const within = (element: Element): boolean => {
      const parent = element.parentElement;
      if (parent === null || parent === document.body) return false;
      return getComputedStyle(parent).overflowX !== "visible" || within(parent);
    };
    const tooFar = [...document.body.querySelectorAll("*")].filter(
      (element) => element.getBoundingClientRect().right > clientWidth + 1 && !within(element),
    );
    return [`${scrollWidth} px`, ...tooFar.slice(-3).map((element) => element.outerHTML.slice(0, 160))];
  });
  if (wide) await page.setViewportSize(wide);
  return found.map((what) => `wider than a window of ${narrow.width} px: ${what}`);
}

/** A window with the sidebar beside the page, and a tablet: in both a table has the least room for its columns. */
const medium = [
  { width: 1280, height: 800 },
  { width: 820, height: 1100 },
];

/** Columns that lie beyond the frame of their table, which clips them, and a sidebar that lies over the page. */
export async function cutOff(page: Page): Promise<string[]> {
  const wide = page.viewportSize();
  const found: string[] = [];
  for (const size of medium) {
    await page.setViewportSize(size);
    const here = await page.evaluate(() => {
      const tables = [...document.querySelectorAll("[role=table]")].filter(
        (table) => table.clientWidth > (table.parentElement?.clientWidth ?? 0) + 1,
      );
      // As a rail of icons its words lie beside it.
      const sidebars = [...document.querySelectorAll("aside")].filter(
        ({ clientWidth, scrollWidth }) => innerWidth >= 1024 && scrollWidth > clientWidth + 1,
      );
      return [...tables, ...sidebars].map((element) => element.textContent.slice(0, 80));
    });
    found.push(...here.map((text) => `wider than its frame at ${size.width} px: ${text}`));
  }
  if (wide) await page.setViewportSize(wide);
  return found;
}

/** A chart measures its place after the window has changed. */
async function chartsFit(page: Page): Promise<void> {
  const fits = () =>
    [...document.querySelectorAll(".recharts-wrapper")].every(
      ({ clientWidth, parentElement }) => clientWidth <= (parentElement?.parentElement?.clientWidth ?? 0),
    );
  await page.waitForFunction(fits, null, { timeout: 5_000 });
}

/** What can be reached by Tab and does not look any different when it is. */
export async function focusUnseen(page: Page): Promise<string[]> {
  // Only after a key does a browser show where the focus is.
  await page.keyboard.press("Tab");
  const found = await page.evaluate(() => {
    const tabbable =
      "a[href], button:enabled, input:enabled:not([type=hidden]), select:enabled, textarea:enabled, summary, [tabindex='0']";
    /** A control may leave it to its label or to what lies over it to show that it has the focus. */
    const lookOf = (element: Element): string =>
      [
        getComputedStyle(element),
        getComputedStyle(element, "::after"),
        ...(element.closest("label") ? [getComputedStyle(element.closest("label") ?? element)] : []),
      ]
        .map(({ outlineStyle, outlineWidth, outlineColor, boxShadow, transform }) =>
          [outlineStyle, outlineWidth, outlineColor, boxShadow, transform].join(),
        )
        .join("|");
    return [...document.querySelectorAll<HTMLElement>(tabbable)]
      .filter((element) => element.checkVisibility({ opacityProperty: false }) && element.tabIndex >= 0)
      .filter((element) => {
        (document.activeElement as HTMLElement | null)?.blur();
        const before = lookOf(element);
        element.focus({ preventScroll: true });
        return document.activeElement === element && lookOf(element) === before;
      })
      .map((element) => element.outerHTML.slice(0, 160));
  });
  return found.map((html) => `no sign of the focus: ${html}`);
}

/** What still moves although the reader has asked for less motion. */
export async function moving(page: Page): Promise<string[]> {
  const found = await page.evaluate(() =>
    document
      .getAnimations()
      .filter((animation) => Number(animation.effect?.getComputedTiming().endTime) > 100)
      .map((animation) => (animation.effect as KeyframeEffect).target?.outerHTML.slice(0, 160) ?? ""),
  );
  return found.map((html) => `moves: ${html}`);
}
