import fc from "fast-check";
import { type RandomTable, randomTable, tableSql } from "./random-tables.ts";
import { named, quote, text } from "./random-text.ts";

/** A made-up schema as data; what refers to something that is not there is left out when it is written. */
interface RandomCatalog {
  readonly second: boolean;
  readonly enum: { readonly labels: readonly string[]; readonly second: boolean } | null;
  readonly domain: {
    readonly base: "integer" | "text";
    readonly notNull: boolean;
    readonly check: boolean;
    readonly default: boolean;
  } | null;
  readonly composite: readonly ("integer" | "text" | "date")[] | null;
  readonly range: "integer" | "numeric" | "text" | null;
  readonly sequence: { readonly increment: number; readonly cycle: boolean; readonly cache: number } | null;
  readonly routine: {
    readonly body: number;
    readonly volatility: "IMMUTABLE" | "STABLE";
    readonly comment: boolean;
  } | null;
  readonly tables: readonly (RandomTable | null)[];
  readonly partitioned: RandomPartitions | null;
  readonly heir: { readonly extra: boolean; readonly own: boolean } | null;
  readonly views: RandomViews;
  readonly publication: readonly boolean[] | null;
}

interface RandomPartitions {
  readonly index: boolean;
  readonly key: boolean;
  readonly partitions: readonly ("1" | "2" | "3, 4" | "default")[];
  readonly check: boolean;
}

interface RandomViews {
  readonly base: { readonly wide: boolean; readonly barrier: boolean; readonly comment: boolean } | null;
  readonly upper: { readonly filter: boolean; readonly counted: boolean } | null;
  readonly materialized: { readonly filled: boolean; readonly index: boolean } | null;
}

const maybe = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(arbitrary, { freq: 3, nil: null });

const randomCatalog: fc.Arbitrary<RandomCatalog> = fc.record({
  second: fc.boolean(),
  enum: maybe(
    fc.record({
      labels: fc.shuffledSubarray(["a", "b c", "d'e", "É", "f,{}"], { minLength: 1 }),
      second: fc.boolean(),
    }),
  ),
  domain: maybe(
    fc.record({
      base: fc.constantFrom("integer", "text"),
      notNull: fc.boolean(),
      check: fc.boolean(),
      default: fc.boolean(),
    }),
  ),
  composite: maybe(fc.array(fc.constantFrom("integer", "text", "date"), { minLength: 1, maxLength: 3 })),
  range: maybe(fc.constantFrom("integer", "numeric", "text")),
  sequence: maybe(
    fc.record({ increment: fc.constantFrom(1, 5, -1), cycle: fc.boolean(), cache: fc.constantFrom(1, 20) }),
  ),
  routine: maybe(
    fc.record({
      body: fc.constantFrom(1, 2),
      volatility: fc.constantFrom("IMMUTABLE", "STABLE"),
      comment: fc.boolean(),
    }),
  ),
  tables: fc.tuple(maybe(randomTable(0)), maybe(randomTable(1)), maybe(randomTable(2))),
  partitioned: maybe(
    fc.record({
      index: fc.boolean(),
      key: fc.boolean(),
      partitions: fc.subarray(["1", "2", "3, 4", "default"]),
      check: fc.boolean(),
    }),
  ),
  heir: maybe(fc.record({ extra: fc.boolean(), own: fc.boolean() })),
  views: fc.record({
    base: maybe(fc.record({ wide: fc.boolean(), barrier: fc.boolean(), comment: fc.boolean() })),
    upper: maybe(fc.record({ filter: fc.boolean(), counted: fc.boolean() })),
    materialized: maybe(fc.record({ filled: fc.boolean(), index: fc.boolean() })),
  }),
  publication: maybe(fc.tuple(fc.boolean(), fc.boolean())),
});

/** Two schemas as scripts: half of the pairs have nothing in common but names, half differ in few parts. */
export const relatedCatalogs: fc.Arbitrary<readonly [from: string, to: string]> = fc
  .tuple(randomCatalog, randomCatalog, fc.array(fc.boolean(), { minLength: 40, maxLength: 40 }), fc.boolean())
  .map(([one, other, mask, related]) => [catalogSql(one), catalogSql(related ? mixed(one, other, mask) : other)]);

/** The first of two schemas with some parts of the second. */
function mixed(one: RandomCatalog, other: RandomCatalog, mask: readonly boolean[]): RandomCatalog {
  let place = 0;
  const next = (): boolean => (mask[place++] ?? false) && (mask[place++] ?? false);
  const parts = Object.entries(one).map(([name, value]) => {
    const replacement = other[name as keyof RandomCatalog];
    if (name !== "tables") return [name, next() ? replacement : value];
    return [name, one.tables.map((table, index) => mixedTable(table, other.tables[index] ?? null, next))];
  });
  return Object.fromEntries(parts) as RandomCatalog;
}

function mixedTable(one: RandomTable | null, other: RandomTable | null, next: () => boolean): RandomTable | null {
  if (one === null || other === null) return next() ? other : one;
  const parts = Object.entries(one).map(([name, value]) => [name, next() ? other[name as keyof RandomTable] : value]);
  return Object.fromEntries(parts) as unknown as RandomTable;
}

function catalogSql(catalog: RandomCatalog): string {
  const second = catalog.second ? named("schema") : "public";
  const types = typesOf(catalog, second);
  const lines = [
    ...(catalog.second ? [`CREATE SCHEMA ${second}`, `COMMENT ON SCHEMA ${second} IS ${text("it's another")}`] : []),
    ...types.statements,
    ...sequenceSql(catalog),
    ...routineSql(catalog),
    `CREATE FUNCTION ${named("note")}() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN RETURN NEW; END$$`,
    ...catalog.tables.flatMap((table, index) =>
      table === null
        ? []
        : tableSql(table, index, { types: types.names, referenced: referenced(catalog, index), uses: catalog }),
    ),
    ...partitionSql(catalog),
    ...heirSql(catalog),
    ...viewSql(catalog),
    ...publicationSql(catalog),
  ];
  return lines.map((line) => `${line};\n`).join("");
}

/** A foreign key needs the key of an earlier table. */
function referenced(catalog: RandomCatalog, index: number): string | null {
  const first = catalog.tables[0];
  return index > 0 && first !== null && first !== undefined && first.key ? named("table0") : null;
}

function typesOf(
  catalog: RandomCatalog,
  second: string,
): { readonly statements: readonly string[]; readonly names: readonly string[] } {
  const statements: string[] = [];
  const names: string[] = [];
  const add = (name: string, statement: string): void => {
    names.push(name);
    statements.push(statement);
  };
  if (catalog.enum !== null) {
    const name = `${catalog.enum.second ? second : "public"}.${named("enum")}`;
    add(name, `CREATE TYPE ${name} AS ENUM (${catalog.enum.labels.map(text).join(", ")})`);
  }
  if (catalog.domain !== null) {
    const { base, notNull, check, default: value } = catalog.domain;
    const parts = [value ? ` DEFAULT ${base === "integer" ? "7" : "'seven'"}` : "", notNull ? " NOT NULL" : ""];
    const rule = check ? ` CONSTRAINT ${named("rule")} CHECK (VALUE::text <> '')` : "";
    add(named("domain"), `CREATE DOMAIN ${named("domain")} AS ${base}${parts.join("")}${rule}`);
  }
  if (catalog.composite !== null) {
    const attributes = catalog.composite.map((type, index) => `${quote(`part ${index}`)} ${type}`);
    add(named("composite"), `CREATE TYPE ${named("composite")} AS (${attributes.join(", ")})`);
  }
  if (catalog.range !== null)
    add(named("range"), `CREATE TYPE ${named("range")} AS RANGE (SUBTYPE = ${catalog.range})`);
  return { statements, names };
}

function sequenceSql({ sequence }: RandomCatalog): readonly string[] {
  if (sequence === null) return [];
  const { increment, cycle, cache } = sequence;
  return [`CREATE SEQUENCE ${named("sequence")} INCREMENT ${increment} CACHE ${cache}${cycle ? " CYCLE" : ""}`];
}

function routineSql({ routine }: RandomCatalog): readonly string[] {
  if (routine === null) return [];
  const name = `${named("routine")}(integer)`;
  const made = `CREATE FUNCTION ${name} RETURNS integer LANGUAGE sql ${routine.volatility} AS 'SELECT $1 + ${routine.body}'`;
  return [made, ...(routine.comment ? [`COMMENT ON FUNCTION ${name} IS 'adds'`] : [])];
}

function partitionSql({ partitioned }: RandomCatalog): readonly string[] {
  if (partitioned === null) return [];
  const name = named("partitioned");
  const key = partitioned.key ? ", PRIMARY KEY (k)" : "";
  const check = partitioned.check ? ` CONSTRAINT ${named("bound")} CHECK (n > 0)` : "";
  return [
    `CREATE TABLE ${name} (k integer NOT NULL, n integer${check}${key}) PARTITION BY LIST (k)`,
    ...partitioned.partitions.map((values, index) => {
      const bound = values === "default" ? "DEFAULT" : `FOR VALUES IN (${values})`;
      return `CREATE TABLE ${quote(`part.${values.charAt(0)}${index % 1}`)} PARTITION OF ${name} ${bound}`;
    }),
    ...(partitioned.index ? [`CREATE INDEX ${named("partindex")} ON ${name} (n DESC)`] : []),
  ];
}

function heirSql({ heir, tables: [, parent] }: RandomCatalog): readonly string[] {
  if (heir === null || parent === null || parent === undefined) return [];
  const columns = [heir.extra ? "more text" : "", heir.own ? `${quote("own")} integer DEFAULT 3` : ""].filter(
    (one) => one !== "",
  );
  return [`CREATE TABLE ${named("heir")} (${columns.join(", ")}) INHERITS (${named("table1")})`];
}

function viewSql({ views, tables: [first, second] }: RandomCatalog): readonly string[] {
  const { base, upper, materialized } = views;
  if (base === null || first === null || first === undefined) return [];
  const columns = base.wide ? "id, other" : "id";
  const joined =
    second !== null && second !== undefined && base.wide ? ` WHERE id IN (SELECT id FROM ${named("table1")})` : "";
  const options = base.barrier ? " WITH (security_barrier)" : "";
  const [low, high, kept] = [named("view"), named("upper"), named("kept")];
  return [
    `CREATE VIEW ${low}${options} AS SELECT ${columns} FROM ${named("table0")}${joined}`,
    ...(base.comment ? [`COMMENT ON VIEW ${low} IS 'a view'`] : []),
    ...(upper === null
      ? []
      : [
          `CREATE VIEW ${high} AS SELECT ${upper.counted ? "count(*) AS n" : "id"} FROM ${low}${upper.filter ? " WHERE id > 3" : ""}`,
        ]),
    ...(materialized === null
      ? []
      : [
          `CREATE MATERIALIZED VIEW ${kept} AS SELECT id FROM ${low}${materialized.filled ? "" : " WITH NO DATA"}`,
          ...(materialized.index ? [`CREATE UNIQUE INDEX ${named("keptindex")} ON ${kept} (id)`] : []),
        ]),
  ];
}

function publicationSql({ publication, tables }: RandomCatalog): readonly string[] {
  if (publication === null) return [];
  const members = publication.flatMap((wanted, index) =>
    wanted && (tables[index] ?? null) !== null && tables[index]?.unlogged === false ? [named(`table${index}`)] : [],
  );
  return [`CREATE PUBLICATION ${named("publication")}${members.length > 0 ? ` FOR TABLE ${members.join(", ")}` : ""}`];
}
