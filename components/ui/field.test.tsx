import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { Field } from "@/components/ui/field";

const attribute = (html: string, name: string) => new RegExp(`<input[^>]* ${name}="([^"]*)"`).exec(html)?.[1];

describe("Field", () => {
  it("ties label, hint and errors to its control, without a script", () => {
    const html = renderToStaticMarkup(
      <Field name="url" label="URL" hint="With https." errors={["Too long.", "Private."]} />,
    );
    const id = attribute(html, "id");
    expect(id).toMatch(/\S/);
    expect(html).toContain(`<label for="${id}"`);
    expect(attribute(html, "aria-invalid")).toBe("true");
    const described = attribute(html, "aria-describedby")?.split(" ") ?? [];
    expect(described).toHaveLength(2);
    for (const target of described) expect(html).toContain(`id="${target}"`);
  });

  it("says nothing of errors or a hint that are not there", () => {
    const html = renderToStaticMarkup(<Field name="url" label="URL" />);
    expect(attribute(html, "aria-invalid")).toBeUndefined();
    expect(attribute(html, "aria-describedby")).toBeUndefined();
    expect(html).not.toContain('role="alert"');
  });

  it("keeps an id that the page chose", () => {
    expect(attribute(renderToStaticMarkup(<Field id="mine" name="url" label="URL" />), "id")).toBe("mine");
  });
});
