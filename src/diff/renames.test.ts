import { describe, expect, test } from "vitest";
import type { AttributeValue, Catalog, SchemaObject } from "../catalog/catalog.ts";
import { isKeelsonError } from "../errors.ts";
import { applyRenames } from "./apply-renames.ts";
import { findAmbiguities } from "./find-ambiguities.ts";
import type { Rename } from "./renames.ts";
import { resolveRenames } from "./resolve-renames.ts";
import { setAside } from "./set-aside.ts";
import { silentRenames } from "./silent-renames.ts";

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
    format: 3,
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

  test("a schema is asked about as a whole, and what is in it not besides", () => {
    const schema = (name: string) => [object("schema", name, null)];
    const from = catalog({ "app.users": people, "app.log": { at: "date" } }, schema("app"));
    const to = catalog({ "core.users": people, "core.log": { at: "date" } }, schema("core"));
    expect(findAmbiguities(from, to)).toEqual([{ kind: "schema", from: "app", to: ["core"] }]);
    const told = resolveRenames(["app:core"], from, to);
    expect(told).toEqual([{ kind: "schema", from: "schema:app", to: "schema:core" }]);
    expect(findAmbiguities(from, to, told)).toEqual([]);
    expect(applyRenames(from, told).objects.map(({ id }) => id)).toEqual(to.objects.map(({ id }) => id));
  });

  test("values of an enum, attributes of a type and sequences that stand alone are asked about", () => {
    const parts = (label: string, attribute: string, sequence: string) => [
      object("enum", "public.mood", null, { labels: ["ok", label] }),
      object("type", "public.address", null, { attributes: ["street text", `${attribute} integer`] }),
      object("sequence", `public.${sequence}`, null, { settings: ["START WITH 1"] }),
    ];
    const from = catalog({}, parts("very sad", "zip", "numbers"));
    const to = catalog({}, parts("unhappy", "postcode", "ids"));
    expect(findAmbiguities(from, to)).toEqual([
      { kind: "enum-value", from: 'public.mood."very sad"', to: ["public.mood.unhappy"] },
      { kind: "attribute", from: "public.address.zip", to: ["public.address.postcode"] },
      { kind: "sequence", from: "public.numbers", to: ["public.ids"] },
    ]);
    const told = resolveRenames(
      ['mood."very sad":mood.unhappy', "address.zip:address.postcode", "numbers:ids"],
      from,
      to,
    );
    expect(applyRenames(from, told).objects.map(({ id, attributes }) => [id, attributes])).toEqual(
      to.objects.map(({ id, attributes }) => [id, attributes]),
    );
  });

  test("a table that is equal in everything but names comes before one that only has the same columns", () => {
    const key = (table: string, type: string) =>
      object("constraint", `public.${table}.${table}_key`, `table:public.${table}`, {
        type,
        definition: `${type} (id)`,
      });
    const from = catalog({ "public.users": people }, [key("users", "PRIMARY KEY")]);
    const to = catalog({ "public.admins": people, "public.people": people }, [
      key("admins", "UNIQUE"),
      key("people", "PRIMARY KEY"),
    ]);
    expect(findAmbiguities(from, to)[0]?.to).toEqual(["public.people", "public.admins"]);
  });

  test("a column that a table has from a parent goes with the parent's", () => {
    const family = (column: string) => ({
      "public.animals": { [column]: "text" },
      "public.dogs": { [column]: "text" },
    });
    const withParent = (columns: ReturnType<typeof family>): Catalog => {
      const made = catalog(columns);
      const objects = made.objects.map((one) =>
        one.id === "table:public.dogs" ? { ...one, attributes: { inherits: ["public.animals"] } } : one,
      );
      return { ...made, objects };
    };
    const [from, to] = [withParent(family("name")), withParent(family("called"))];
    expect(findAmbiguities(from, to)).toEqual([
      { kind: "column", from: "public.animals.name", to: ["public.animals.called"] },
    ]);
    const told = resolveRenames(["animals.name:animals.called"], from, to);
    expect(findAmbiguities(from, to, told)).toEqual([]);
  });

  test("5,000 tables in another schema are one question, and take no time", () => {
    const many = (schema: string) =>
      catalog(
        Object.fromEntries(
          Array.from({ length: 5000 }, (_, index) => [`${schema}.t${index}`, { id: "integer", n: "text" }]),
        ),
        [object("schema", schema, null)],
      );
    const [from, to] = [many("app"), many("core")];
    const started = performance.now();
    expect(findAmbiguities(from, to)).toEqual([{ kind: "schema", from: "app", to: ["core"] }]);
    expect(performance.now() - started).toBeLessThan(20_000);
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

  test("a part needs its new name only", () => {
    const [before, after] = [catalog({ "public.t": { a: "text" } }), catalog({ "public.t": { b: "text" } })];
    const renamed = [{ kind: "column", from: "column:public.t.a", to: "column:public.t.b" }];
    expect(resolveRenames(["t.a:b"], before, after)).toEqual(renamed);
    expect(resolveRenames(["public.t.a:b"], before, after)).toEqual(renamed);
    expect(refusal(() => resolveRenames(["a:b"], before, after))).toMatch(/renames nothing/);
  });

  test("a name that is taken becomes free, where what has it can wait elsewhere to be dropped", () => {
    const taken = catalog({ "public.users": people, "public.people": people }, [
      object("index", "public.people_mail", "table:public.people"),
      object("index", "public.people_old", "table:public.people"),
    ]);
    const after = catalog({ "public.people": people }, [object("index", "public.people_mail", "table:public.people")]);
    const renames = resolveRenames(["users:people"], taken, after);
    expect(renames).toEqual([{ kind: "table", from: "table:public.users", to: "table:public.people" }]);
    expect(setAside(taken, after, renames)).toEqual([
      { kind: "table", from: "table:public.people", to: "table:public.people_replaced" },
      { kind: "index", from: "index:public.people_mail", to: "index:public.people_mail_replaced" },
    ]);
    const moods = (...labels: readonly string[]): Catalog =>
      catalog({}, [object("enum", "public.mood", null, { labels })]);
    expect(refusal(() => resolveRenames(["mood.a:mood.b"], moods("a", "b"), moods("b")))).toMatch(/is there already/);
  });

  test("a name that two things get is refused", () => {
    const after = catalog({ "public.people": people });
    const two = catalog({ "public.one": people, "public.two": people });
    expect(refusal(() => resolveRenames(["one:people", "two:people"], two, after))).toMatch(/Two renames lead/);
  });
});

describe("resolveRenames of other kinds", () => {
  const routine = (name: string, args: string, kind: SchemaObject["kind"] = "function"): SchemaObject =>
    object(kind, `public.${name}(${args})`, null, { definition: name });
  const from = catalog({ "public.users": { id: "integer", mail: "text" } }, [
    routine("users", "integer"),
    routine("slug", "text"),
    routine("slug", "text, integer"),
    object("trigger", "public.users.mail", "table:public.users"),
  ]);
  const to = catalog({ "public.people": { id: "integer", email: "text" } }, [
    routine("people", "integer"),
    routine("to_slug", "text"),
    routine("to_slug", "text, integer"),
    object("trigger", "public.people.email", "table:public.people"),
  ]);
  const kinds = (...texts: readonly string[]): readonly string[] =>
    resolveRenames(texts, from, to).map(({ from: old, to: name }) => `${old} ${name}`);

  test("a name that several things have means the one that holds data, unless its kind stands in front", () => {
    expect(kinds("users:people")).toEqual(["table:public.users table:public.people"]);
    expect(kinds("function:users:people")).toEqual(["function:public.users(integer) function:public.people(integer)"]);
    expect(kinds("users:people", "users.mail:people.email", "trigger:users.mail:people.email")).toEqual([
      "table:public.users table:public.people",
      "column:public.users.mail column:public.people.email",
      "trigger:public.users.mail trigger:public.people.email",
    ]);
  });

  test("a function is named with its arguments where another has its name", () => {
    expect(refusal(() => kinds("slug:to_slug"))).toMatch(/more than one/);
    expect(kinds("slug(text,integer):to_slug(text, integer)")).toEqual([
      "function:public.slug(text, integer) function:public.to_slug(text, integer)",
    ]);
  });
});

describe("silentRenames", () => {
  const view = (name: string, columns: readonly string[]): SchemaObject =>
    object("view", `public.${name}`, null, { columns, definition: "SELECT" });
  const found = (from: readonly SchemaObject[], to: readonly SchemaObject[]): readonly Rename[] =>
    silentRenames(catalog({}, from), catalog({}, to));

  test("what is equal but for its name, where only one can be meant", () => {
    const [one, other] = [view("a", ["id integer"]), view("b", ["id integer"])];
    expect(found([one], [other])).toEqual([{ kind: "view", from: "view:public.a", to: "view:public.b" }]);
    expect(found([one], [other, view("c", ["id integer"])])).toEqual([]);
    expect(found([one], [view("b", ["id bigint"])])).toEqual([]);
    const texts = ["a", "b"].map((name) =>
      object("function", `public.${name}(integer)`, null, {
        definition: `FUNCTION public.${name}(n) SELECT ${name}(n)`,
      }),
    );
    expect(found(texts.slice(0, 1), texts.slice(1))).toHaveLength(1);
  });

  test("a column of a view by its place and its type", () => {
    const before = view("v", ["id integer", "n text"]);
    expect(found([before], [view("v", ["id integer", "label text", "more date"])])).toEqual([
      { kind: "view-column", from: "view-column:public.v.n", to: "view-column:public.v.label" },
    ]);
    expect(found([before], [view("v", ["id integer", "label date"])])).toEqual([]);
    expect(found([before], [view("v", ["id integer"])])).toEqual([]);
    expect(found([view("v", ["a text", "b text"])], [view("v", ["b text", "a text"])])).toEqual([]);
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
