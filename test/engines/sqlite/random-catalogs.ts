import fc from "fast-check";

/** How a script is spelled; nothing of it is a part of the schema. */
interface Spelling {
  readonly quotes: "none" | "double" | "brackets" | "backticks";
  readonly small: boolean;
  readonly comments: boolean;
}

/** Clauses of a column that do not depend on its type. */
export interface RandomColumn {
  readonly name: string;
  readonly type: (typeof columnTypes)[number];
  readonly notNull: "" | "NOT NULL" | "NOT NULL ON CONFLICT REPLACE" | "CONSTRAINT nn NOT NULL";
  readonly value: "none" | "constant" | "expression" | "null";
  readonly collation: "" | "NOCASE" | "RTRIM";
  readonly generated: "" | "virtual" | "stored" | "virtual in full";
  readonly unique: "" | "UNIQUE" | "UNIQUE ON CONFLICT IGNORE" | "CONSTRAINT own_key UNIQUE";
  readonly check: "" | "plain" | "named" | "across";
  readonly references: "" | "plain" | "cascade" | "deferred" | "match";
}

/** A made-up table. What it says of other tables is found when the script is written, so that parts can be mixed. */
export interface RandomTable {
  readonly name: string;
  readonly key: (typeof keyKinds)[number];
  readonly strict: boolean;
  readonly withoutRowid: boolean;
  readonly columns: readonly RandomColumn[];
  readonly unique: "" | "two" | "collated" | "conflict" | "named";
  readonly check: "" | "plain" | "named" | "two";
  readonly foreignKey: "" | "self" | "other" | "named" | "actions";
  readonly indexes: readonly (typeof indexKinds)[number][];
  readonly trigger: "" | "delete" | "update of" | "elsewhere" | "when";
  readonly search: "" | "content" | "contentless";
}

/** A made-up schema. */
export interface RandomCatalog {
  readonly tables: readonly RandomTable[];
  readonly views: readonly (typeof viewKinds)[number][];
  readonly spelling: Spelling;
}

const columnTypes = ["INTEGER", "TEXT", "REAL", "BLOB", "ANY", "NUMERIC(10,2)", "VARCHAR(20)", "", "BOOLEAN"] as const;
const strictTypes: readonly string[] = ["INTEGER", "TEXT", "REAL", "BLOB", "ANY"];
const keyKinds = [
  "none",
  "rowid",
  "rowid of table",
  "not quite rowid",
  "autoincrement",
  "autoincrement of table",
  "text",
  "two columns",
  "conflict",
] as const;
const indexKinds = ["plain", "unique", "expression", "partial", "descending", "collated", "partial unique"] as const;
const viewKinds = ["all", "named", "join", "nested", "with", "trigger", "set"] as const;

const tableNames = ["alpha", "Beta Two", "group", 'na"ïve'];
const columnNames = ["x", "y", "order", "Zed", "a b", 'q"t', "größe"];

const column = (name: string): fc.Arbitrary<RandomColumn> =>
  fc.record({
    name: fc.constant(name),
    type: fc.constantFrom(...columnTypes),
    notNull: rarely("NOT NULL", "NOT NULL ON CONFLICT REPLACE", "CONSTRAINT nn NOT NULL"),
    value: fc.constantFrom("none", "none", "none", "constant", "expression", "null"),
    collation: rarely("NOCASE", "RTRIM"),
    generated: rarely("virtual", "stored", "virtual in full"),
    unique: rarely("UNIQUE", "UNIQUE ON CONFLICT IGNORE", "CONSTRAINT own_key UNIQUE"),
    check: rarely("plain", "named", "across"),
    references: rarely("plain", "cascade", "deferred", "match"),
  });

const table = (name: string): fc.Arbitrary<RandomTable> =>
  fc.record({
    name: fc.constant(name),
    key: fc.constantFrom(...keyKinds),
    strict: fc.boolean(),
    withoutRowid: fc.boolean(),
    columns: fc
      .shuffledSubarray(columnNames, { minLength: 1, maxLength: 4 })
      .chain((names) => fc.tuple(...names.map(column)) as fc.Arbitrary<readonly RandomColumn[]>),
    unique: rarely("two", "collated", "conflict", "named"),
    check: rarely("plain", "named", "two"),
    foreignKey: rarely("self", "other", "named", "actions"),
    indexes: fc.subarray([...indexKinds], { maxLength: 3 }),
    trigger: rarely("delete", "update of", "elsewhere", "when"),
    search: rarely("content", "contentless"),
  });

/** A catalog from a small stock of names, so that two of them have much in common. */
export const randomCatalog: fc.Arbitrary<RandomCatalog> = fc.record({
  tables: fc
    .shuffledSubarray(tableNames, { minLength: 1, maxLength: 3 })
    .chain((names) => fc.tuple(...names.map(table)) as fc.Arbitrary<readonly RandomTable[]>),
  views: fc.subarray([...viewKinds], { maxLength: 3 }),
  spelling: fc.record({
    quotes: fc.constantFrom("none", "double", "brackets", "backticks"),
    small: fc.boolean(),
    comments: fc.boolean(),
  }),
});

/** Two catalogs of which the second is the first one with a few parts taken from a third. */
export const catalogPair: fc.Arbitrary<readonly [RandomCatalog, RandomCatalog]> = fc
  .tuple(randomCatalog, randomCatalog, fc.array(fc.nat({ max: 99 }), { minLength: 1, maxLength: 4 }), fc.boolean())
  .map(([one, other, choices, everything]) => [one, everything ? other : choices.reduce(mix(other), one)]);

function rarely<const Choice extends string>(...choices: readonly Choice[]): fc.Arbitrary<"" | Choice> {
  return fc.constantFrom<"" | Choice>("", "", "", "", "", ...choices);
}

/** Takes one part of the other catalog over, told by a number. */
function mix(other: RandomCatalog): (one: RandomCatalog, choice: number) => RandomCatalog {
  return (one, choice) => {
    const donor = other.tables[choice % other.tables.length];
    const target = choice % one.tables.length;
    if (donor === undefined) return one;
    const tables = (change: (each: RandomTable) => RandomTable): RandomCatalog => ({
      ...one,
      tables: one.tables.map((each, index) => (index === target ? change(each) : each)),
    });
    const donated = donor.columns[choice % donor.columns.length] ?? donor.columns[0];
    switch (choice % 14) {
      case 0:
        return { ...one, views: other.views };
      case 1:
        return { ...one, spelling: other.spelling };
      case 2:
        return { ...one, tables: [...one.tables.filter(({ name }) => name !== donor.name), donor] };
      case 3:
        return one.tables.length > 1 ? { ...one, tables: one.tables.slice(1) } : one;
      case 4:
        return tables((each) => ({ ...each, key: donor.key, withoutRowid: donor.withoutRowid }));
      case 5:
        return tables((each) => ({ ...each, strict: donor.strict }));
      case 6:
        return tables((each) => ({ ...each, unique: donor.unique, check: donor.check }));
      case 7:
        return tables((each) => ({ ...each, foreignKey: donor.foreignKey }));
      case 8:
        return tables((each) => ({ ...each, indexes: donor.indexes }));
      case 9:
        return tables((each) => ({ ...each, trigger: donor.trigger, search: donor.search }));
      case 10:
        return tables((each) => ({ ...each, columns: [...each.columns].reverse() }));
      case 11:
        return tables((each) => (each.columns.length > 1 ? { ...each, columns: each.columns.slice(1) } : each));
      default:
        return tables((each) => ({ ...each, columns: withColumn(each.columns, donated) }));
    }
  };
}

function withColumn(columns: readonly RandomColumn[], donated: RandomColumn | undefined): readonly RandomColumn[] {
  if (donated === undefined) return columns;
  const at = columns.findIndex(({ name }) => name === donated.name);
  return at === -1 ? [...columns, donated] : columns.map((each, index) => (index === at ? donated : each));
}

/** The statements that make a catalog, one per entry. */
export function catalogStatements(catalog: RandomCatalog): readonly string[] {
  const writer = new ScriptWriter(catalog);
  return [
    ...catalog.tables.map((one) => writer.table(one)),
    ...catalog.tables.flatMap((one) => writer.search(one)),
    ...catalog.tables.flatMap((one) => writer.indexes(one)),
    ...writer.views(),
    ...catalog.tables.flatMap((one) => writer.triggers(one)),
  ];
}

class ScriptWriter {
  readonly #catalog: RandomCatalog;

  constructor(catalog: RandomCatalog) {
    this.#catalog = catalog;
  }

  table(one: RandomTable): string {
    const parts = [
      ...keyColumns(one.key).map((text) => this.#word(text)),
      ...one.columns.map((each) => this.#column(each, one)),
      ...this.#constraints(one),
    ];
    const options = [...(one.strict ? ["STRICT"] : []), ...(isWithoutRowid(one) ? ["WITHOUT ROWID"] : [])].join(", ");
    const between = this.#catalog.spelling.comments ? ", -- a comment, with a comma ) and a bracket\n\t" : ",\n  ";
    return `${this.#word("CREATE TABLE")} ${this.#name(one.name)} (\n  ${parts.join(between)}\n) ${this.#word(options)}`;
  }

  search(one: RandomTable): readonly string[] {
    if (one.search === "") return [];
    const content = one.search === "contentless" || isWithoutRowid(one) ? "" : one.name;
    const name = this.#name(`${one.name}_fts`);
    const columns = plainColumns(one).map((each) => `"${each.name.replaceAll('"', '""')}"`);
    if (columns.length === 0) return [];
    return [`CREATE VIRTUAL TABLE ${name} USING fts5(${columns.join(", ")}, content = '${content}')`];
  }

  indexes(one: RandomTable): readonly string[] {
    const [first] = one.columns;
    if (first === undefined) return [];
    const own = this.#name(first.name);
    const bodies: Readonly<Record<(typeof indexKinds)[number], string>> = {
      plain: `(${own}, id)`,
      unique: `(id, ${own})`,
      expression: `(lower(${own}), id || 'x' DESC)`,
      partial: `(id) WHERE ${own} IS NOT NULL AND id > 0`,
      descending: `(${own} DESC, id ASC)`,
      collated: `(${own} COLLATE RTRIM)`,
      "partial unique": `(${own}) WHERE ${own} = 'one of a kind'`,
    };
    return one.indexes.map((kind) => {
      const unique = kind.includes("unique") ? "UNIQUE " : "";
      return `CREATE ${unique}INDEX ${this.#name(`${one.name} ${kind}`)} ON ${this.#name(one.name)} ${bodies[kind]}`;
    });
  }

  views(): readonly string[] {
    const [first, second = first] = this.#catalog.tables;
    if (first === undefined || second === undefined) return [];
    const [one, other] = [this.#name(first.name), this.#name(second.name)];
    const bodies: Readonly<Record<(typeof viewKinds)[number], readonly string[]>> = {
      all: [`CREATE VIEW v_all AS SELECT * FROM ${one}`],
      named: [`CREATE VIEW v_named (a, "B c") AS SELECT id, ${this.#name(first.columns[0]?.name ?? "id")} FROM ${one}`],
      join: [`CREATE VIEW v_join AS SELECT l.id AS l, r.id AS r FROM ${one} AS l LEFT JOIN ${other} AS r USING (id)`],
      nested: [
        `CREATE VIEW v_inner AS SELECT id + 1 FROM ${other}`,
        "CREATE VIEW v_outer AS SELECT count(*) AS n FROM v_inner",
      ],
      with: [`CREATE VIEW v_with AS WITH c AS (SELECT id FROM ${one}) SELECT * FROM c -- why\n WHERE id IN c`],
      trigger: [
        `CREATE VIEW v_trigger AS SELECT id FROM ${one}`,
        `CREATE TRIGGER v_trigger_in INSTEAD OF INSERT ON v_trigger BEGIN INSERT INTO ${one} (id) VALUES (new.id); END`,
      ],
      set: [`CREATE VIEW v_set AS SELECT id FROM ${one} UNION SELECT id FROM ${other} ORDER BY 1`],
    };
    return this.#catalog.views.flatMap((kind) => bodies[kind]);
  }

  triggers(one: RandomTable): readonly string[] {
    const [first] = this.#catalog.tables;
    if (first === undefined || one.trigger === "") return [];
    const name = this.#name(`${one.name} ${one.trigger}`);
    const [own, other] = [this.#name(one.name), this.#name(first.name)];
    const column = this.#name(one.columns.at(-1)?.name ?? "id");
    if (one.trigger === "delete") return [`CREATE TRIGGER ${name} AFTER DELETE ON ${own} BEGIN SELECT old.id; END`];
    if (one.trigger === "update of")
      return [`CREATE TRIGGER ${name} BEFORE UPDATE OF ${column} ON ${own} BEGIN SELECT new.${column}; END`];
    if (one.trigger === "elsewhere")
      return [
        `CREATE TRIGGER ${name} AFTER DELETE ON ${own} BEGIN DELETE FROM ${other} WHERE id = old.id AND 0; /* ; */ END`,
      ];
    return [
      `CREATE TRIGGER ${name} AFTER UPDATE ON ${own} FOR EACH ROW WHEN old.${column} IS NOT new.${column} BEGIN SELECT CASE WHEN 0 THEN RAISE(ABORT, 'no; END') END; END`,
    ];
  }

  #column(one: RandomColumn, of: RandomTable): string {
    const own = this.#name(one.name);
    const type = of.strict && !strictTypes.includes(one.type) ? "TEXT" : one.type;
    if (one.generated !== "") {
      const start = one.generated === "virtual in full" ? "GENERATED ALWAYS AS" : "AS";
      const kept = { virtual: "", stored: "STORED", "virtual in full": "VIRTUAL" }[one.generated];
      // SQLite takes a comment behind the type for a part of it here.
      return `${own} ${type === "BLOB" ? "ANY" : type === "REAL" ? "TEXT" : type} ${this.#word(start)} (id) ${this.#word(kept)}`;
    }
    const check = {
      "": "",
      plain: "CHECK",
      named: `CONSTRAINT ${this.#name(`${one.name} ok`)} CHECK`,
      across: "CHECK",
    }[one.check];
    const condition = one.check === "across" ? `(${own} IS NOT id OR 1)` : `(length(${own}) < 100 OR ${own} IS NULL)`;
    return this.#spaced([
      own,
      type,
      this.#word(one.notNull),
      defaultOf(one, type),
      one.collation === "" ? "" : `${this.#word("COLLATE")} ${one.collation.toLowerCase()}`,
      this.#word(one.unique),
      check === "" ? "" : `${check} ${condition}`,
      this.#inlineReference(one),
    ]);
  }

  #inlineReference({ references }: RandomColumn): string {
    const parent = this.#parent();
    if (references === "" || parent === undefined) return "";
    const target = `REFERENCES ${this.#name(parent.name)}`;
    if (references === "plain") return target;
    if (references === "cascade") return `${target} (id) ON DELETE CASCADE ON UPDATE SET NULL`;
    return references === "match" ? `${target} MATCH full` : `${target} (id) DEFERRABLE INITIALLY DEFERRED`;
  }

  #constraints(one: RandomTable): readonly string[] {
    const list: string[] = [];
    const plain = plainColumns(one).map((each) => this.#name(each.name));
    const [a, b = "id"] = plain;
    if (one.key === "rowid of table") list.push("PRIMARY KEY (id)");
    if (one.key === "autoincrement of table") list.push("PRIMARY KEY (id AUTOINCREMENT)");
    if (one.key === "two columns") list.push("PRIMARY KEY (id DESC, id_two COLLATE NOCASE)");
    if (one.key === "conflict") list.push("CONSTRAINT pk PRIMARY KEY (id) ON CONFLICT REPLACE");
    if (a === undefined) return list;
    if (one.unique === "two") list.push(`UNIQUE (${a}, ${b})`);
    if (one.unique === "collated") list.push(`UNIQUE (id, ${a} COLLATE nocase DESC)`);
    if (one.unique === "conflict") list.push(`UNIQUE (id, ${a}) ON CONFLICT IGNORE`);
    if (one.unique === "named") list.push(`CONSTRAINT ${this.#name("the key")} UNIQUE (${a}, id)`);
    if (one.check === "plain") list.push(`CHECK (${a} <> 'never')`);
    if (one.check === "named") list.push(`CONSTRAINT ck CHECK (${this.#name(one.name)}.${a} <> 'never')`);
    if (one.check === "two") list.push(`CHECK (${a} IS NOT 'no'), CHECK (coalesce(${a}, '') NOT IN ('(', ')', ','))`);
    const parent = one.foreignKey === "self" ? one : this.#parent();
    if (one.foreignKey === "" || parent === undefined || !isParent(parent)) return list;
    const key = `FOREIGN KEY (${a}) REFERENCES ${this.#name(parent.name)} (id)`;
    if (one.foreignKey === "named") list.push(`CONSTRAINT ${this.#name("points to")} ${key} ON DELETE SET DEFAULT`);
    else if (one.foreignKey === "actions") list.push(`${key} ON UPDATE CASCADE ON DELETE RESTRICT NOT DEFERRABLE`);
    else list.push(key);
    return list;
  }

  #parent(): RandomTable | undefined {
    return this.#catalog.tables.find(isParent);
  }

  #spaced(parts: readonly string[]): string {
    const between = this.#catalog.spelling.comments ? " /* ' */\t" : " ";
    return parts.filter((part) => part !== "").join(between);
  }

  #word(text: string): string {
    return this.#catalog.spelling.small ? text.toLowerCase() : text;
  }

  #name(name: string): string {
    const { quotes } = this.#catalog.spelling;
    if (quotes === "brackets" && !name.includes("]")) return `[${name}]`;
    if (quotes === "backticks") return `\`${name.replaceAll("`", "``")}\``;
    const plain = /^[a-z_]+$/i.test(name) && name !== "order" && name !== "group";
    return quotes === "none" && plain ? name : `"${name.replaceAll('"', '""')}"`;
  }
}

/** Columns that hold values of their own. */
function plainColumns(one: RandomTable): readonly RandomColumn[] {
  return one.columns.filter(({ generated }) => generated === "");
}

function isWithoutRowid(one: RandomTable): boolean {
  return one.withoutRowid && (one.key === "text" || one.key === "two columns");
}

function isParent({ key }: RandomTable): boolean {
  return key === "rowid" || key === "autoincrement" || key === "text" || key === "rowid of table";
}

function keyColumns(key: RandomTable["key"]): readonly string[] {
  if (key === "rowid") return ["id INTEGER PRIMARY KEY"];
  if (key === "not quite rowid") return ["id INTEGER PRIMARY KEY DESC"];
  if (key === "autoincrement") return ["id INTEGER PRIMARY KEY AUTOINCREMENT"];
  if (key === "text") return ["id TEXT NOT NULL PRIMARY KEY"];
  return key === "two columns" ? ["id INTEGER NOT NULL", "id_two TEXT NOT NULL DEFAULT 'two'"] : ["id INTEGER"];
}

function defaultOf({ value }: RandomColumn, type: string): string {
  if (value === "none") return "";
  if (value === "null") return "DEFAULT NULL";
  if (type === "BLOB") return value === "constant" ? "DEFAULT x'00'" : "DEFAULT (zeroblob(1))";
  if (type === "TEXT" || type.startsWith("VARCHAR"))
    return value === "constant" ? "DEFAULT 'it''s'" : "DEFAULT ('a' || 'b')";
  return value === "constant" ? "DEFAULT -7" : "DEFAULT (1 + 1)";
}
