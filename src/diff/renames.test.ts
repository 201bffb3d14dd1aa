import { describe, expect, test } from "vitest";
import type { AttributeValue, Catalog, SchemaObject } from "../catalog/catalog.ts";
import { isKeelsonError } from "../errors.ts";
import { applyRenames } from "./apply-renames.ts";
import { findAmbiguities } from "./find-ambiguities.ts";
import { resolveRenames } from "./resolve-renames.ts";

type Columns = Readonly<Record<string, string>>;

function catalog(tables: Readonly<Record<string, Columns>>, more: readonly SchemaObject[] = []): Catalog {
  const objects = Object.entries(tables).flatMap(([table, columns]): readonly SchemaObject[] => [
    object("table", table, null),
    ...Object.entries(columns).map(([name, type], index) => ({
      ...object("column", `${table}.${name}`, `table:${table}`, { type }),
      position: index + 1,
    })),
  ]);
  return {
    format: 2,
    dialect: "postgres",
    serverVersion: "18",
    objects: [...objects, ...more].sort((a, b) => (a.id < b.id ? -1 : 1)),
    unmanaged: [],
  };
}

function object(
  kind: SchemaObject["kind"],
  path: string,
  parent: string | null,
  attributes: Readonly<Record<string, AttributeValue>> = {},
): SchemaObject {
  return { kind, id: `${kind}:${path}`, name: path, parent, attributes, dependsOn: [], position: 0 };
}

const people = { id: "integer", email: "text", age: "integer" };

describe("applyRenames", () => {
  test("a table takes everything that bears its name along", () => {
    const before = catalog({ 'public."Users"': people }, [
      object("index", 'public."Users".by_email', 'table:public."Users"', { columns: ["email"] }),
      { ...object("view", "public.adults", null), dependsOn: ['table:public."Users"', 'column:public."Users".age'] },
    ]);
    const after = applyRenames(before, [
      { kind: "table", from: 'table:public."Users"', to: "table:public.people" },
      { kind: "column", from: 'column:public."Users".email', to: 'column:public.people."E-Mail"' },
    ]);
    expect(after.objects.map((one) => one.id)).toEqual([
      'column:public.people."E-Mail"',
      "column:public.people.age",
      "column:public.people.id",
      "index:public.people.by_email",
      "table:public.people",
      "view:public.adults",
    ]);
    const one = (id: string) => after.objects.find((other) => other.id === id);
    expect(one("column:public.people.age")).toMatchObject({ name: "public.people.age", parent: "table:public.people" });
    expect(one("index:public.people.by_email")?.attributes["columns"]).toEqual(['"E-Mail"']);
    expect(one("view:public.adults")?.dependsOn).toEqual(["column:public.people.age", "table:public.people"]);
  });

  test("shown names keep their spelling", () => {
    const sqlite: SchemaObject = { ...object("column", 'main.t."a b"', "table:main.t"), name: "t.a b" };
    const [after] = applyRenames({ ...catalog({}), objects: [sqlite] }, [
      { kind: "column", from: 'column:main.t."a b"', to: 'column:main.t."c d"' },
    ]).objects;
    expect(after?.name).toBe("t.c d");
  });

  test("two tables can exchange their names", () => {
    const before = catalog({ "public.a": { x: "text" }, "public.b": { y: "text" } });
    const after = applyRenames(before, [
      { kind: "table", from: "table:public.a", to: "table:public.b" },
      { kind: "table", from: "table:public.b", to: "table:public.a" },
    ]);
    expect(after.objects.map((one) => one.id)).toEqual([
      "column:public.a.y",
      "column:public.b.x",
      "table:public.a",
      "table:public.b",
    ]);
  });
});

describe("findAmbiguities", () => {
  test("a column that went and columns of its type that came", () => {
    const from = catalog({ "public.users": { id: "integer", mail: "text", age: "integer" } });
    const to = catalog({ "public.users": { id: "integer", email: "text", note: "text", born: "date" } });
    expect(findAmbiguities(from, to)).toEqual([
      { kind: "column", from: "public.users.mail", to: ["public.users.email", "public.users.note"] },
    ]);
  });

  test("a table that went and one with almost its columns", () => {
    const from = catalog({ "public.users": people, "public.log": { at: "date" } });
    const to = catalog({ "public.people": people, "public.other": { ...people, a: "text", b: "text" } });
    expect(findAmbiguities(from, to)).toEqual([{ kind: "table", from: "public.users", to: ["public.people"] }]);
  });

  test("what is named is not asked, and what remains is asked by its old name", () => {
    const from = catalog({ "public.users": { id: "integer", mail: "text" } });
    const to = catalog({ "public.people": { id: "integer", email: "text" } });
    const table = { kind: "table", from: "table:public.users", to: "table:public.people" } as const;
    expect(findAmbiguities(from, to, [table])).toEqual([
      { kind: "column", from: "public.users.mail", to: ["public.people.email"] },
    ]);
    const column = { kind: "column", from: "column:public.users.mail", to: "column:public.people.email" } as const;
    expect(findAmbiguities(from, to, [table, column])).toEqual([]);
    expect(resolveRenames(["public.users:public.people", "public.users.mail:public.people.email"], from, to)).toEqual([
      table,
      column,
    ]);
  });

  test("what only came, or only went, is no question", () => {
    const from = catalog({ "public.users": { id: "integer" } });
    const to = catalog({ "public.users": { id: "integer", email: "text" } });
    expect(findAmbiguities(from, to)).toEqual([]);
    expect(findAmbiguities(to, from)).toEqual([]);
  });
});

describe("resolveRenames", () => {
  const from = catalog({ "public.users": { id: "integer", mail: "text" }, "app.users": { id: "integer" } });
  const to = catalog({ "public.people": { id: "integer", email: "text" }, "app.users": { id: "integer" } });

  test("names need no schema where one fits", () => {
    expect(resolveRenames(["users:people", "users.mail:people.email"], from, to)).toEqual([
      { kind: "table", from: "table:public.users", to: "table:public.people" },
      { kind: "column", from: "column:public.users.mail", to: "column:public.people.email" },
    ]);
  });

  test("quoted parts may hold dots and colons", () => {
    const odd = catalog({ 'public."a.b"': { x: "text" } });
    const plain = catalog({ 'public."c:d"': { x: "text" } });
    expect(resolveRenames(['"a.b":"c:d"'], odd, plain)).toEqual([
      { kind: "table", from: 'table:public."a.b"', to: 'table:public."c:d"' },
    ]);
  });

  test.each([
    ["users", /is not a rename/],
    ["a:b:c", /is not a rename/],
    [":people", /is not a rename/],
    ["accounts:people", /renames nothing/],
    ["users.mail:users.email", /renames nothing/],
  ])("%s is refused", (text, message) => {
    const refused = refusal(() => resolveRenames([text], from, to));
    expect(refused).toMatch(message);
  });

  test("the refusal names what there is", () => {
    try {
      resolveRenames(["accounts:people"], from, to);
    } catch (error) {
      expect(isKeelsonError(error, "usage.invalid") && error.hint).toBe(
        "Only in the old schema: public.users. Only in the new one: public.people.",
      );
      return;
    }
    expect.unreachable();
  });

  test("two schemas with the same table need the schema named", () => {
    const both = catalog({ "a.users": people, "b.users": people });
    const after = catalog({ "a.people": people, "b.people": people });
    expect(refusal(() => resolveRenames(["users:people"], both, after))).toMatch(/more than one/);
    expect(resolveRenames(["a.users:a.people"], both, after)).toHaveLength(1);
  });

  test("a name that is taken, or named twice, is refused", () => {
    const taken = catalog({ "public.users": people, "public.people": people });
    const after = catalog({ "public.people": people });
    expect(refusal(() => resolveRenames(["users:people"], taken, after))).toMatch(/is there already/);
    const two = catalog({ "public.one": people, "public.two": people });
    expect(refusal(() => resolveRenames(["one:people", "two:people"], two, after))).toMatch(/Two renames lead/);
  });
});

function refusal(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (isKeelsonError(error, "usage.invalid")) return error.message;
    throw error;
  }
  return "";
}
