import fc from "fast-check";

/** A made-up table. */
interface RandomTable {
  readonly name: string;
  readonly key: "rowid" | "autoincrement" | "text" | "none";
  readonly strict: boolean;
  readonly withoutRowid: boolean;
  readonly columns: readonly RandomColumn[];
  readonly tableUnique: boolean;
  readonly tableCheck: boolean;
  readonly index: "none" | "plain" | "unique" | "expression" | "partial";
  readonly trigger: boolean;
}

interface RandomColumn {
  readonly name: string;
  readonly type: "INTEGER" | "TEXT" | "REAL" | "BLOB";
  readonly extras: readonly Extra[];
}

const extraKinds = [
  "not null",
  "default",
  "collate",
  "unique",
  "check",
  "named check",
  "references",
  "virtual",
  "stored",
] as const;
type Extra = (typeof extraKinds)[number];

const tableNames = ["alpha", "beta", "Gamma Ray"];
const columnNames = ["x", "y", "order", "Zed"];

const column = (name: string): fc.Arbitrary<RandomColumn> =>
  fc.record({
    name: fc.constant(name),
    type: fc.constantFrom("INTEGER", "TEXT", "REAL", "BLOB"),
    extras: fc.subarray([...extraKinds], { maxLength: 2 }),
  });

const table = (name: string): fc.Arbitrary<RandomTable> =>
  fc.record({
    name: fc.constant(name),
    key: fc.constantFrom("rowid", "autoincrement", "text", "none"),
    strict: fc.boolean(),
    withoutRowid: fc.boolean(),
    columns: fc
      .shuffledSubarray(columnNames, { minLength: 1 })
      .chain((names) => fc.tuple(...names.map(column)) as fc.Arbitrary<readonly RandomColumn[]>),
    tableUnique: fc.boolean(),
    tableCheck: fc.boolean(),
    index: fc.constantFrom("none", "plain", "unique", "expression", "partial"),
    trigger: fc.boolean(),
  });

interface RandomSchema {
  readonly tables: readonly RandomTable[];
  readonly view: boolean;
}

const schema: fc.Arbitrary<RandomSchema> = fc.record({
  tables: fc
    .shuffledSubarray(tableNames)
    .chain((names) => fc.tuple(...names.map(table)) as fc.Arbitrary<readonly RandomTable[]>),
  view: fc.boolean(),
});

/** A small change of one table. */
interface Edit {
  readonly table: number;
  readonly what: "add" | "drop" | "replace" | "key" | "index" | "trigger" | "check" | "order";
  readonly column: RandomColumn;
  readonly like: RandomTable;
}

const edit: fc.Arbitrary<Edit> = fc.record({
  table: fc.nat(2),
  what: fc.constantFrom("add", "add", "drop", "drop", "replace", "key", "index", "trigger", "check", "order"),
  column: fc.constantFrom(...columnNames, "extra", "more").chain(column),
  like: table("any"),
});

/** Scripts that make a schema from a small stock of names, so that two of them have much in common. */
export const randomSchema: fc.Arbitrary<string> = schema.map(scriptOf);

/** Two scripts of which the second makes the first one's schema after a few small changes. */
export const relatedSchemas: fc.Arbitrary<readonly [string, string]> = fc
  .tuple(schema, fc.array(edit, { minLength: 1, maxLength: 3 }))
  .map(([one, edits]) => [scriptOf(one), scriptOf({ ...one, tables: edits.reduce(edited, one.tables) })]);

function edited(
  tables: readonly RandomTable[],
  { table: at, what, column: other, like }: Edit,
): readonly RandomTable[] {
  return tables.map((one, index): RandomTable => {
    if (index !== at) return one;
    const without = one.columns.filter((each) => each.name !== other.name);
    if (what === "add") return { ...one, columns: [...without, other] };
    if (what === "drop") return one.columns.length > 1 ? { ...one, columns: one.columns.slice(0, -1) } : one;
    if (what === "replace")
      return { ...one, columns: one.columns.map((each) => (each.name === other.name ? other : each)) };
    if (what === "order") return { ...one, columns: [...one.columns].reverse() };
    if (what === "key") return { ...one, key: like.key, strict: like.strict, withoutRowid: like.withoutRowid };
    if (what === "index") return { ...one, index: like.index };
    return what === "trigger" ? { ...one, trigger: !one.trigger } : { ...one, tableCheck: !one.tableCheck };
  });
}

function scriptOf({ tables, view }: RandomSchema): string {
  return [...tables.flatMap((one) => tableStatements(one, tables)), ...(view ? viewStatements(tables) : [])].join(
    ";\n",
  );
}

function tableStatements(one: RandomTable, tables: readonly RandomTable[]): readonly string[] {
  const name = quoted(one.name);
  const stored = one.columns.filter((each) => !each.extras.includes("virtual") && !each.extras.includes("stored"));
  const first = quoted(stored[0]?.name ?? "id");
  const withoutRowid = one.withoutRowid && one.key === "text";
  const options = [...(one.strict ? ["STRICT"] : []), ...(withoutRowid ? ["WITHOUT ROWID"] : [])].join(", ");
  const parts = [
    keyColumn(one.key),
    ...one.columns.map((each) => columnText(each, tables)),
    ...(one.tableUnique && stored.length > 1 ? [`UNIQUE (id, ${first})`] : []),
    ...(one.tableCheck
      ? [`CONSTRAINT ${one.name.charAt(0)}_check CHECK (${first} IS NULL OR ${first} <> 'never')`]
      : []),
  ];
  const statements = [`CREATE TABLE ${name} (\n  ${parts.join(",\n  ")}\n) ${options}`];
  const index = indexText(one, first);
  if (index !== null) statements.push(index);
  if (one.trigger) {
    const other = quoted(tables[0]?.name ?? one.name);
    statements.push(
      `CREATE TRIGGER ${quoted(`${one.name} tr`)} AFTER DELETE ON ${name} WHEN old.${first} IS NULL BEGIN DELETE FROM ${other} WHERE id IS NULL; END`,
    );
  }
  return statements;
}

function keyColumn(key: RandomTable["key"]): string {
  if (key === "rowid") return "id INTEGER PRIMARY KEY";
  if (key === "autoincrement") return "id INTEGER PRIMARY KEY AUTOINCREMENT";
  return key === "text" ? "id TEXT NOT NULL PRIMARY KEY" : "id INTEGER";
}

function columnText({ name, type, extras }: RandomColumn, tables: readonly RandomTable[]): string {
  const own = quoted(name);
  const has = (extra: Extra): boolean => extras.includes(extra);
  if (has("virtual") || has("stored")) return `${own} ${type} AS (id || '1') ${has("stored") ? "STORED" : "VIRTUAL"}`;
  const parent = tables.find((one) => one.key === "rowid" || one.key === "autoincrement");
  const clauses = [
    has("not null") ? "NOT NULL" : "",
    has("default") ? `DEFAULT ${{ INTEGER: "7", TEXT: "'d'", REAL: "(1.5 + 1)", BLOB: "x'00'" }[type]}` : "",
    has("collate") ? "COLLATE NOCASE" : "",
    has("unique") ? "UNIQUE" : "",
    has("check") ? `CHECK (${own} IS NULL OR length(${own}) < 100)` : "",
    has("named check") ? `CONSTRAINT ${name}_named CHECK (${own} <> 'bad')` : "",
    has("references") && parent !== undefined && type === "INTEGER"
      ? `REFERENCES ${quoted(parent.name)} (id) ON DELETE CASCADE`
      : "",
  ];
  return [own, type, ...clauses.filter((clause) => clause !== "")].join(" ");
}

function indexText({ name, index }: RandomTable, column: string): string | null {
  const on = `INDEX ${quoted(`${name} ix`)} ON ${quoted(name)}`;
  if (index === "none") return null;
  if (index === "plain") return `CREATE ${on} (${column} COLLATE RTRIM DESC, id)`;
  if (index === "unique") return `CREATE UNIQUE ${on} (id, ${column})`;
  if (index === "expression") return `CREATE ${on} (lower(${column}), id DESC)`;
  return `CREATE ${on} (id) WHERE ${column} IS NOT NULL`;
}

function viewStatements(tables: readonly RandomTable[]): readonly string[] {
  const [first] = tables;
  if (first === undefined) return [];
  return [
    `CREATE VIEW names AS SELECT t.*, t.id AS again FROM ${quoted(first.name)} AS t`,
    "CREATE VIEW again AS SELECT again FROM names",
    `CREATE TRIGGER into_names INSTEAD OF INSERT ON names BEGIN INSERT INTO ${quoted(first.name)} (id) VALUES (new.again); END`,
  ];
}

function quoted(name: string): string {
  return `"${name}"`;
}
