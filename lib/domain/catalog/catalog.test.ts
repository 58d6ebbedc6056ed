import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  builtInEventTypes,
  builtInGroups,
  findBuiltIn,
  isReservedName,
  mayBePublished,
} from "@/lib/domain/catalog/built-in-event-types";
import { builtInDataProblems, builtInSchema, semanticProblems } from "@/lib/domain/catalog/check-data";

type Json = { [key: string]: unknown };

const byName = builtInEventTypes.map((definition) => [definition.name, definition] as const);

/** Every schema of an object, a list's items or a scalar inside a schema, with its path. */
function* parts(schema: Json, path = "data"): Generator<[string, Json]> {
  yield [path, schema];
  for (const [name, child] of Object.entries((schema.properties ?? {}) as Json)) {
    yield* parts(child as Json, `${path}.${name}`);
  }
  if (schema.items !== undefined) yield* parts(schema.items as Json, `${path}[]`);
}

describe("the catalog", () => {
  it("has exactly the built-in types of the platform", () => {
    expect(builtInEventTypes.map(({ name }) => name).sort()).toEqual([
      "developer.webhook.test",
      "organization.domains.changed",
      "organization.profile.changed",
      "organization.service_account.changed",
      "organization.setting.changed",
      "scheduling.smartscheduler.canceled",
      "scheduling.smartscheduler.rescheduled",
      "scheduling.smartscheduler.scheduled",
      "webhook.activated",
      "webhook.auto_disabled",
      "webhook.delivery_exhausted",
      "webhook.probation_started",
      "webhook.recovered",
    ]);
  });

  it.each(byName)("%s has an example that satisfies its schema", (name, { example }) => {
    expect(builtInDataProblems(name, example)).toEqual([]);
  });

  it.each(byName)("%s is described, grouped and found by its name", (name, definition) => {
    expect(name.startsWith(`${definition.group}.`)).toBe(true);
    expect(builtInGroups[definition.group].title).not.toBe("");
    expect(definition.description).toMatch(/^[A-Z].+\.$/);
    expect(definition.whenSent).toMatch(/^(When|While|At) .+\.$/);
    expect(findBuiltIn(name)).toBe(definition);
  });

  it.each(byName)(
    "%s has a title and a description on every part, and every object is closed and complete",
    (_, { schema }) => {
      for (const [path, part] of parts(schema)) {
        expect(part.title, path).toMatch(/\S/);
        expect(part.description, path).toMatch(/\.$/);
        if (part.type !== "object") continue;
        expect(part.additionalProperties, path).toBe(false);
        const required = (part.required ?? (part.then as Json).required) as string[];
        expect(required, path).toEqual(Object.keys(part.properties as Json));
      }
    },
  );

  it.each(byName)(
    "%s refuses an unknown property and a missing one, at every level, by its path",
    (name, { example }) => {
      const schema = builtInSchema(name)!;
      for (const path of objectPaths(example)) {
        const withExtra = structuredClone(example) as Json;
        (at(withExtra, path) as Json).unheardOf = 1;
        expect(schema.validate(withExtra)).toEqual([
          { path: `data${spelled(path)}.unheardOf`, message: "is not allowed here" },
        ]);
        for (const key of Object.keys(at(example, path) as Json)) {
          const without = structuredClone(example) as Json;
          delete (at(without, path) as Json)[key];
          expect(schema.validate(without)).toEqual([
            { path: `data${spelled(path)}.${key}`, message: "is missing" },
          ]);
        }
      }
    },
  );

  it.each(byName)("%s lets every text be empty, but no time", (name, { example, schema }) => {
    const blank = blanked(example, schema as Json);
    expect(builtInDataProblems(name, blank)).toEqual([]);
    for (const key of Object.keys(example).filter((each) => /(At|Since|at|Start|End)$/.test(each))) {
      expect(builtInDataProblems(name, { ...example, [key]: "" })[0]?.path).toBe(`data.${key}`);
    }
  });
});

type Path = (string | number)[];

function at(value: unknown, path: Path): unknown {
  return path.reduce<unknown>((each, key) => (each as Json)[key], value);
}

function spelled(path: Path): string {
  return path.map((key) => (typeof key === "number" ? `[${key}]` : `.${key}`)).join("");
}

function* objectPaths(value: unknown, path: Path = []): Generator<Path> {
  if (typeof value !== "object" || value === null) return;
  if (!Array.isArray(value)) yield path;
  for (const [key, child] of Object.entries(value)) {
    yield* objectPaths(child, [...path, Array.isArray(value) ? Number(key) : key]);
  }
}

/** The example with every free text emptied. */
function blanked(value: unknown, schema: Json): unknown {
  if (Array.isArray(value)) return value.map((each) => blanked(each, schema.items as Json));
  if (typeof value === "object" && value !== null) {
    const properties = schema.properties as Json;
    return Object.fromEntries(
      Object.entries(value).map(([key, each]) => [key, blanked(each, properties[key] as Json)]),
    );
  }
  const isFreeText = typeof value === "string" && schema.enum === undefined && schema.format === undefined;
  return isFreeText ? "" : value;
}

describe("meetings", () => {
  const name = "scheduling.smartscheduler.scheduled";
  const meeting = findBuiltIn(name)!.example;
  const problemsOf = (changes: object, type = name) => builtInDataProblems(type, { ...meeting, ...changes });

  it.each([
    ["2026-03-12T15:00:00.000Z", "2026-03-12T15:30:00.000Z"],
    ["2026-03-12T15:00:00Z", "2026-03-12T15:00:01Z"],
    ["2026-03-12T15:00:00.000Z", "2026-03-12T15:00:00.001Z"],
    ["2026-03-12T15:00:00+00:00", "2026-03-12T15:30:00Z"],
    ["2026-12-31T23:45:00Z", "2027-01-01T00:15:00Z"],
  ])("run from %s to %s", (meetingStart, meetingEnd) => {
    expect(problemsOf({ meetingStart, meetingEnd })).toEqual([]);
  });

  it.each([
    ["2026-03-12T15:00:00Z", "2026-03-12T15:00:00Z"],
    ["2026-03-12T15:00:00Z", "2026-03-12T14:59:59Z"],
    ["2026-03-12T15:00:00Z", "2026-03-12T15:00:00+00:00"],
  ])("do not run from %s to %s", (meetingStart, meetingEnd) => {
    expect(problemsOf({ meetingStart, meetingEnd })).toEqual([
      { path: "data.meetingEnd", message: "must be after meetingStart" },
    ]);
  });

  it.each([
    "2026-03-12T15:00:00+01:00",
    "2026-03-12T15:00:00",
    "2026-03-12 15:00:00Z",
    "2026-03-12",
    "2026-02-30T15:00:00Z",
    "2026-13-01T15:00:00Z",
    "2026-03-12T25:00:00Z",
    "2026-03-12T23:59:60Z",
    "tomorrow",
    "",
    1773327600,
    null,
  ])("do not begin at %j", (meetingStart) => {
    const paths = problemsOf({ meetingStart }).map(({ path }) => path);
    expect(paths.length).toBeGreaterThan(0);
    expect(new Set(paths)).toEqual(new Set(["data.meetingStart"]));
  });

  it("are canceled in canceled events", () => {
    expect(problemsOf({ isCanceled: false }, "scheduling.smartscheduler.canceled")).toEqual([
      { path: "data.isCanceled", message: "must be true" },
    ]);
  });

  it("may have no Zoom meeting and no earlier e-mail meeting, but always a location", () => {
    const { meetingInfo } = meeting as { meetingInfo: Json };
    expect(problemsOf({ zoomMeetingId: null })).toEqual([]);
    expect(problemsOf({ meetingInfo: { ...meetingInfo, existingEmailMeetingId: null } })).toEqual([]);
    expect(problemsOf({ meetingInfo: { ...meetingInfo, location: null } })).toEqual([
      { path: "data.meetingInfo.location", message: "must be a string" },
    ]);
  });

  it("have no problem of sense while they have one of form", () => {
    expect(semanticProblems(name, { meetingStart: 1, meetingEnd: 0 })).toEqual([]);
    expect(semanticProblems(name, null)).toEqual([]);
    expect(
      semanticProblems("order.shipped", { meetingStart: "2026-01-02", meetingEnd: "2026-01-01" }),
    ).toEqual([]);
  });
});

describe("service accounts", () => {
  const name = "organization.service_account.changed";
  const { example } = findBuiltIn(name)!;
  const { previous, current } = example as { previous: Json; current: Json };

  it.each([
    ["a new one", { previous: {} }],
    ["a removed one", { current: {} }],
    ["one of Salesforce", { previous: { ...previous, type: "Salesforce" } }],
  ])("may be %s", (_, changes) => {
    expect(builtInDataProblems(name, { ...example, ...changes })).toEqual([]);
  });

  it.each([
    ["credentials", { current: { ...current, credentials: "hunter2" } }, "data.current.credentials"],
    ["a password", { current: { ...current, password: "hunter2" } }, "data.current.password"],
    [
      "credentials from before",
      { previous: { ...previous, credentials: "unchanged" } },
      "data.previous.credentials",
    ],
    ["an unknown service", { current: { ...current, type: "google" } }, "data.current.type"],
    ["half a history", { previous: { type: "Google" } }, "data.previous.name"],
  ])("never carry %s", (_, changes, path) => {
    const problems = builtInDataProblems(name, { ...example, ...changes });
    expect(problems.map((problem) => problem.path)).toContain(path);
    expect(JSON.stringify(problems)).not.toContain("hunter2");
  });
});

describe("names", () => {
  it.each([
    ["developer.webhook.test", true, false],
    ["developer.anything", true, false],
    ["webhook.activated", true, false],
    ["webhook.", true, false],
    ["organization.setting.changed", true, true],
    ["scheduling.smartscheduler.scheduled", true, true],
    ["organizations.created", false, true],
    ["webhooks.sent", false, true],
    ["order.webhook.sent", false, true],
    ["developer", false, true],
  ])("%s: reserved %s, may be published %s", (name, reserved, publishable) => {
    expect(isReservedName(name)).toBe(reserved);
    expect(mayBePublished(name)).toBe(publishable);
  });

  it("are found only when they exist", () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.constantFrom("constructor", "__proto__", "webhook.nothing")),
        (name) => {
          expect(findBuiltIn(name)).toBeNull();
          expect(() => builtInDataProblems(name, {})).toThrow();
        },
      ),
    );
  });
});
