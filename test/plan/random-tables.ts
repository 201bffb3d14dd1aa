import fc from "fast-check";
import { named, quote, text } from "./random-text.ts";

/** A made-up table; it always has the columns `id` and `other`, so that views and keys have something to stand on. */
export interface RandomTable {
  readonly wide: boolean;
  readonly key: boolean;
  readonly unlogged: boolean;
  readonly fillfactor: number | null;
  readonly comment: string | null;
  readonly columns: readonly RandomColumn[];
  readonly unique: "none" | "plain" | "deferrable" | "nulls";
  readonly check: "none" | "plain" | "not valid" | "no inherit";
  readonly foreign: "none" | "plain" | "cascade" | "deferred";
  readonly indexes: readonly IndexForm[];
  readonly security: "none" | "enabled" | "forced";
  readonly policy: "none" | "all" | "select";
  readonly trigger: "none" | "before" | "after" | "disabled";
  readonly statistics: boolean;
  readonly full: boolean;
}

interface RandomColumn {
  readonly name: string;
  /** Among the plain types and those of the schema. */
  readonly type: number;
  readonly notNull: boolean;
  readonly extra: "none" | "default" | "identity" | "generated" | "routine" | "sequence" | "collation" | "storage";
  readonly comment: boolean;
}

const indexForms = ["plain", "unique", "descending", "partial", "expression", "include", "hash", "brin"] as const;
type IndexForm = (typeof indexForms)[number];

const columnNames = ["Mixed", "order", "naïve", 'q"t', "d.ot"];

/** What tables are made of; those that may be referred to come first. */
export function randomTable(index: number): fc.Arbitrary<RandomTable> {
  return fc.record({
    wide: fc.boolean(),
    key: fc.boolean(),
    unlogged: index === 2 ? fc.boolean() : fc.constant(false),
    fillfactor: fc.constantFrom(null, null, 50, 70),
    comment: fc.constantFrom(null, "a table", "it's; another"),
    columns: fc
      .shuffledSubarray(columnNames)
      .chain((chosen) => fc.tuple(...chosen.map(randomColumn)) as fc.Arbitrary<readonly RandomColumn[]>),
    unique: fc.constantFrom("none", "plain", "deferrable", "nulls"),
    check: fc.constantFrom("none", "plain", "not valid", "no inherit"),
    foreign: fc.constantFrom("none", "plain", "cascade", "deferred"),
    indexes: fc.subarray([...indexForms], { maxLength: 4 }),
    security: fc.constantFrom("none", "none", "enabled", "forced"),
    policy: fc.constantFrom("none", "all", "select"),
    trigger: fc.constantFrom("none", "before", "after", "disabled"),
    statistics: fc.boolean(),
    full: fc.boolean(),
  });
}

function randomColumn(name: string): fc.Arbitrary<RandomColumn> {
  return fc.record({
    name: fc.constant(name),
    type: fc.nat(13),
    notNull: fc.boolean(),
    extra: fc.constantFrom(
      "none",
      "none",
      "default",
      "identity",
      "generated",
      "routine",
      "sequence",
      "collation",
      "storage",
    ),
    comment: fc.boolean(),
  });
}

/** What a table may refer to. */
interface Surroundings {
  /** The schema's own types. */
  readonly types: readonly string[];
  /** A table with a key of its own, or null. */
  readonly referenced: string | null;
  readonly uses: { readonly routine: { readonly volatility: string } | null; readonly sequence: object | null };
}

const plainTypes = [
  "integer",
  "bigint",
  "text",
  "character varying(10)",
  "numeric(10,2)",
  "boolean",
  "timestamp with time zone",
  "jsonb",
  "uuid",
  "integer[]",
];

/** The statements that make a table with everything on it. */
export function tableSql(table: RandomTable, index: number, around: Surroundings): readonly string[] {
  const name = named(`table${index}`);
  const columns = table.columns.map((column) => ({ ...column, sql: columnSql(column, around) }));
  const parts = [
    `id ${table.wide ? "bigint" : "integer"} NOT NULL`,
    "other text",
    ...columns.map(({ name: column, sql }) => `${quote(column)} ${sql}`),
    ...constraints(table, index, around),
  ];
  const withs = table.fillfactor === null ? "" : ` WITH (fillfactor = ${table.fillfactor})`;
  return [
    `CREATE ${table.unlogged ? "UNLOGGED " : ""}TABLE ${name} (${parts.join(", ")})${withs}`,
    ...(table.check === "not valid"
      ? [`ALTER TABLE ${name} ADD CONSTRAINT ${quote(`check ${index}`)} CHECK (id > 0) NOT VALID`]
      : []),
    ...(table.comment === null ? [] : [`COMMENT ON TABLE ${name} IS ${text(table.comment)}`]),
    ...columns
      .filter(({ comment }) => comment)
      .map((column) => `COMMENT ON COLUMN ${name}.${quote(column.name)} IS ${text(`of ${column.name}`)}`),
    ...columns
      .filter(({ extra, type }) => extra === "storage" && typeOf(type, around) === "text")
      .map((column) => `ALTER TABLE ${name} ALTER ${quote(column.name)} SET STORAGE EXTERNAL`),
    ...table.indexes.map((form) => indexSql(form, name, index)),
    ...security(table, name),
    ...trigger(table, name, index),
    ...(table.statistics
      ? [`CREATE STATISTICS ${quote(`stats ${index}`)} (dependencies) ON id, other FROM ${name}`]
      : []),
    ...(table.full ? [`ALTER TABLE ${name} REPLICA IDENTITY FULL`] : []),
  ];
}

function typeOf(type: number, { types }: Surroundings): string {
  const all = [...plainTypes, ...types];
  return all[type % all.length] ?? "text";
}

function columnSql(column: RandomColumn, around: Surroundings): string {
  const type = typeOf(column.type, around);
  const notNull = column.notNull ? " NOT NULL" : "";
  const whole = type === "integer" || type === "bigint";
  switch (column.extra) {
    case "default":
      return `${type}${constant(type)}${notNull}`;
    case "identity":
      return whole ? `${type} GENERATED BY DEFAULT AS IDENTITY (START 10)` : `${type}${notNull}`;
    case "generated":
      return type === "text"
        ? "text GENERATED ALWAYS AS (upper(other)) STORED"
        : whole
          ? `${type} GENERATED ALWAYS AS (id * 2) STORED`
          : type;
    case "routine":
      return whole && around.uses.routine !== null ? `${type} DEFAULT ${named("routine")}(1)${notNull}` : type;
    case "sequence":
      return whole && around.uses.sequence !== null
        ? `${type} DEFAULT nextval(${text(named("sequence"))})${notNull}`
        : type;
    case "collation":
      return type === "text" ? `text COLLATE "C"${notNull}` : `${type}${notNull}`;
    default:
      return `${type}${notNull}`;
  }
}

function constant(type: string): string {
  const values: Readonly<Record<string, string>> = {
    integer: "42",
    bigint: "-1",
    text: "'it''s'",
    "character varying(10)": "'x'",
    "numeric(10,2)": "1.5",
    boolean: "true",
    "timestamp with time zone": "now()",
    jsonb: `'{"a": 1}'`,
    uuid: "gen_random_uuid()",
    "integer[]": "'{1,2}'",
  };
  return values[type] === undefined ? "" : ` DEFAULT ${values[type]}`;
}

function constraints(table: RandomTable, index: number, { referenced }: Surroundings): readonly string[] {
  const unique = {
    none: "",
    plain: "UNIQUE (other, id)",
    deferrable: "UNIQUE (other) DEFERRABLE",
    nulls: "UNIQUE NULLS NOT DISTINCT (other)",
  };
  const check = {
    none: "",
    plain: "CHECK (other <> '')",
    "not valid": "",
    "no inherit": "CHECK (id < 99999) NO INHERIT",
  };
  const foreign = {
    none: "",
    plain: "",
    cascade: " ON DELETE CASCADE ON UPDATE SET NULL",
    deferred: " DEFERRABLE INITIALLY DEFERRED",
  };
  const named2 = (word: string, rule: string): string => `CONSTRAINT ${quote(`${word} ${index}`)} ${rule}`;
  return [
    table.key ? named2("key", "PRIMARY KEY (id)") : "",
    unique[table.unique] === "" ? "" : named2("unique", unique[table.unique]),
    check[table.check] === "" ? "" : named2("check", check[table.check]),
    table.foreign === "none" || referenced === null
      ? ""
      : named2("foreign", `FOREIGN KEY (id) REFERENCES ${referenced} (id)${foreign[table.foreign]}`),
  ].filter((part) => part !== "");
}

function indexSql(form: IndexForm, table: string, index: number): string {
  const name = quote(`${form}.Index ${index}`);
  const forms: Readonly<Record<IndexForm, string>> = {
    plain: `INDEX ${name} ON ${table} (other, id)`,
    unique: `UNIQUE INDEX ${name} ON ${table} (id, other)`,
    descending: `INDEX ${name} ON ${table} (id DESC NULLS LAST, other text_pattern_ops)`,
    partial: `INDEX ${name} ON ${table} (other) WHERE id > 10 AND other IS NOT NULL`,
    expression: `INDEX ${name} ON ${table} (lower(other), (id + 1))`,
    include: `INDEX ${name} ON ${table} (id) INCLUDE (other)`,
    hash: `INDEX ${name} ON ${table} USING hash (other)`,
    brin: `INDEX ${name} ON ${table} USING brin (id) WITH (pages_per_range = 16)`,
  };
  return `CREATE ${forms[form]}`;
}

function security({ security: level, policy }: RandomTable, table: string): readonly string[] {
  const levels = level === "none" ? [] : [`ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY`];
  if (level === "forced") levels.push(`ALTER TABLE ${table} FORCE ROW LEVEL SECURITY`);
  if (policy === "all")
    levels.push(`CREATE POLICY ${quote("Everybody's")} ON ${table} USING (id > 0) WITH CHECK (other <> '')`);
  if (policy === "select")
    levels.push(`CREATE POLICY ${quote("Everybody's")} ON ${table} AS RESTRICTIVE FOR SELECT USING (id > 1)`);
  return levels;
}

function trigger({ trigger: state }: RandomTable, table: string, index: number): readonly string[] {
  if (state === "none") return [];
  const name = quote(`trigger ${index}`);
  const when = state === "after" ? "AFTER INSERT OR UPDATE OF other" : "BEFORE UPDATE";
  return [
    `CREATE TRIGGER ${name} ${when} ON ${table} FOR EACH ROW EXECUTE FUNCTION ${named("note")}()`,
    ...(state === "disabled" ? [`ALTER TABLE ${table} DISABLE TRIGGER ${name}`] : []),
  ];
}
