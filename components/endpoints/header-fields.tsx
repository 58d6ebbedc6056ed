"use client";

import { Plus, X } from "lucide-react";
import { useRef, useState } from "react";
import type { Problems } from "@/components/endpoints/form-problems";
import { Button } from "@/components/ui/button";
import { FieldErrors, useGroupWiring } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { EndpointFormValues } from "@/lib/schemas/endpoint-form";

export const headerPaths = ["headers"];

/** A row of the form; `stored` is the name whose value is kept while the value stays empty. */
type HeaderRow = { key: number; name: string; stored: string };

/** Custom request headers. Stored values are never shown: an empty value keeps the one that is there. */
export function HeaderFields({ values, problems }: { values: EndpointFormValues; problems: Problems }) {
  const [rows, setRows] = useState<HeaderRow[]>(() => initialRows(values));
  const addButton = useRef<HTMLButtonElement>(null);
  const add = () =>
    setRows([...rows, { key: Math.max(0, ...rows.map((row) => row.key)) + 1, name: "", stored: "" }]);
  const hint = "Sent with every request. Values are encrypted, write-only, and masked in the log.";
  const errors = problems("headers");
  const { described, wrong, errorsId, hintId } = useGroupWiring({ hint, errors });
  return (
    <fieldset {...described} className="grid gap-2">
      <legend className="sr-only">Custom headers</legend>
      {rows.map((row, index) => (
        <div key={row.key} className="grid grid-cols-[2fr_3fr_auto] gap-2">
          <input type="hidden" name="storedHeaders[]" value={row.stored} />
          <Input
            mono
            name="headerNames[]"
            aria-label={`Name of header ${index + 1}`}
            defaultValue={row.name}
            placeholder="X-Token"
            {...wrong}
          />
          <Input
            mono
            name="headerValues[]"
            autoComplete="off"
            aria-label={`Value of header ${index + 1}`}
            placeholder={row.stored ? "Stored; type to replace" : "Value"}
          />
          <Button
            variant="ghost"
            iconOnly
            aria-label={`Remove header ${index + 1}`}
            onClick={() => {
              setRows(rows.filter((each) => each.key !== row.key));
              addButton.current?.focus();
            }}
          >
            <X aria-hidden />
          </Button>
        </div>
      ))}
      <div>
        <Button ref={addButton} size="sm" onClick={add}>
          <Plus aria-hidden />
          Add header
        </Button>
      </div>
      <FieldErrors id={errorsId} errors={errors} />
      <p id={hintId} className="text-xs text-muted">
        {hint}
      </p>
    </fieldset>
  );
}

/** One empty row at the end, so that a header can be added before hydration. */
function initialRows({ headerNames, storedHeaders }: EndpointFormValues): HeaderRow[] {
  const given = headerNames.map((name, index) => ({ key: index, name, stored: storedHeaders[index] ?? "" }));
  return [...given.filter(({ name }) => name !== ""), { key: headerNames.length, name: "", stored: "" }];
}
