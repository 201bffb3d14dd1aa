import type { Catalog, SchemaObject } from "../../../catalog/catalog.ts";
import { idParts, plainPart } from "../../../catalog/object-id.ts";
import type { Rename } from "../../../diff/renames.ts";
import type { Requirement } from "../../../plan/requirement.ts";
import { shortName } from "../ddl/canonical-text.ts";
import { parseCreateIndex } from "../ddl/parse-create-index.ts";
import type { ConstraintDefinition, KeyColumn } from "../ddl/table-definition.ts";
import { foldName, plainName, type Token } from "../script/tokens.ts";
import { type ArrivingColumn, arrivingColumns, withArriving } from "./arriving-columns.ts";
import {
  columnName,
  columnsWithoutValue,
  constraintDefinition,
  sameAttributes,
  type TableModel,
  tableModels,
} from "./table-model.ts";

/**
 * What the rows of tables that are there must be like for one schema to become the other. The queries run before any
 * statement, so that they read tables and columns under the names that they have until then.
 */
export function requirementsOf(from: Catalog, to: Catalog, renames: readonly Rename[]): readonly Requirement[] {
  const old = tableModels(from);
  const current = tableModels(to);
  return [...current.values()].flatMap((table) => {
    const before = old.get(table.table.id);
    if (before === undefined || before.virtual || table.virtual) return [];
    return new TableRequirements(before, table, { old, current, renames }).all();
  });
}

interface Surroundings {
  readonly old: ReadonlyMap<string, TableModel>;
  readonly current: ReadonlyMap<string, TableModel>;
  readonly renames: readonly Rename[];
}

class TableRequirements {
  readonly #from: TableModel;
  readonly #to: TableModel;
  readonly #around: Surroundings;
  /** The columns that there are already, folded. */
  readonly #there: ReadonlySet<string>;
  readonly #new: ReadonlySet<string>;
  readonly #arriving: readonly ArrivingColumn[];

  constructor(from: TableModel, to: TableModel, around: Surroundings) {
    this.#from = from;
    this.#to = to;
    this.#around = around;
    this.#there = new Set(from.columns.map((column) => foldName(columnName(from, column))));
    this.#new = new Set(
      to.columns.map((column) => foldName(columnName(to, column))).filter((name) => !this.#there.has(name)),
    );
    this.#arriving = arrivingColumns(from, to);
  }

  all(): readonly Requirement[] {
    return [...this.#values(), ...this.#kinds(), ...this.#constraints(), ...this.#indexes()];
  }

  #values(): readonly Requirement[] {
    const { name } = this.#to;
    const added = columnsWithoutValue(this.#to).filter((column) => this.#new.has(foldName(column)));
    const narrowed = this.#to.columns.filter((column) => {
      const before = this.#from.columns.find(({ id }) => id === column.id);
      const computed = column.attributes["generated"] !== null;
      return before?.attributes["notNull"] === false && column.attributes["notNull"] === true && !computed;
    });
    return [
      ...added.map((column) => ({
        title: `rows of ${name}, which have no value for the new column ${column} (NOT NULL, and without a default)`,
        sql: this.#rows(null),
      })),
      ...narrowed.map((column) => {
        const own = columnName(this.#to, column);
        return {
          title: `rows of ${name} that have no value for ${own}, which becomes NOT NULL`,
          sql: this.#rows(`${shortName(own)} IS NULL`),
        };
      }),
    ];
  }

  /** A strict table refuses what its columns can't hold; texts that read as numbers are converted on the way. */
  #kinds(): readonly Requirement[] {
    if (!this.#to.strict) return [];
    return this.#to.columns.flatMap((column) => {
      const before = this.#from.columns.find(({ id }) => id === column.id);
      const type = String(column.attributes["type"]).toUpperCase();
      const same = this.#from.strict && before?.attributes["type"] === column.attributes["type"];
      if (before === undefined || same || !["INT", "INTEGER", "REAL"].includes(type)) return [];
      const own = shortName(columnName(this.#to, column));
      return [
        {
          title: `rows of ${this.#to.name} whose ${columnName(this.#to, column)} is no number, as ${type} in a strict table has to be`,
          sql: this.#rows(`typeof(${own}) = 'blob' OR (typeof(${own}) = 'text' AND ${own} GLOB '*[^-+0-9.eE ]*')`),
        },
      ];
    });
  }

  #constraints(): readonly Requirement[] {
    return this.#to.constraints.flatMap((constraint) => {
      const before = this.#from.constraints.find(({ id }) => id === constraint.id);
      const definition = constraintDefinition(this.#to, constraint);
      if (definition === undefined || (before !== undefined && sameAttributes(before, constraint))) return [];
      switch (definition.type) {
        case "check":
          return this.#check(constraint, definition);
        case "foreign key":
          return this.#foreignKey(definition);
        default:
          return this.#unique(definition.columns, definition.type);
      }
    });
  }

  #check(constraint: SchemaObject, { expression }: ConstraintDefinition): readonly Requirement[] {
    const text = textOf(this.#to.definition?.sql ?? "", expression);
    const named = constraint.attributes["name"];
    const what = typeof named === "string" ? `the check ${named}` : `CHECK (${text.replaceAll(/\s+/g, " ")})`;
    return [
      { title: `rows of ${this.#to.name} that break ${what}`, sql: this.#rows(`NOT (${text})`, namesIn(expression)) },
    ];
  }

  #unique(columns: readonly KeyColumn[], type: string): readonly Requirement[] {
    const keys = columns.map(({ name, collation }) => {
      const declared = this.#to.columns.find((column) => foldName(columnName(this.#to, column)) === foldName(name));
      const used = collation ?? declared?.attributes["collation"] ?? null;
      return { plain: shortName(name), compared: `${shortName(name)}${used === null ? "" : ` COLLATE ${used}`}` };
    });
    const names = columns.map(({ name }) => name).join(", ");
    const word = type === "primary key" ? "the primary key" : "a unique key";
    return [
      this.#duplicates(`rows of ${this.#to.name} that agree in ${names}, which becomes ${word}`, {
        keys: keys.map(({ compared }) => compared),
        conditions: keys.map(({ plain }) => `${plain} IS NOT NULL`),
        names: new Set(columns.map(({ name }) => foldName(name))),
      }),
    ];
  }

  #indexes(): readonly Requirement[] {
    return this.#to.indexes.flatMap((index) => {
      const before = this.#from.indexes.find(({ id }) => id === index.id);
      if (index.attributes["unique"] !== true || (before !== undefined && sameAttributes(before, index))) return [];
      const source = index.source ?? "";
      const definition = parseCreateIndex(source);
      if (definition === null) return [];
      const parts = definition.parts.map(({ expression }) => textOf(source, expression));
      const where = definition.where === null ? "" : textOf(source, definition.where);
      const present = parts.map((part) => `(${part}) IS NOT NULL`);
      return [
        this.#duplicates(
          `rows of ${this.#to.name} that agree in ${parts.join(", ")}, which the unique index ${indexName(index)} forbids`,
          {
            keys: parts,
            conditions: where === "" ? present : [...present, `(${where})`],
            names: namesIn([...definition.parts.flatMap(({ expression }) => expression), ...(definition.where ?? [])]),
          },
        ),
      ];
    });
  }

  #duplicates(title: string, { keys, conditions, names }: Agreement): Requirement {
    const shown = this.#key();
    const inner = `SELECT ${shown.map(aliased).join(", ")}, count(*) OVER (PARTITION BY ${keys.join(", ")}) AS times\n  FROM ${this.#source({ names })} WHERE ${conditions.join(" AND ")}`;
    return { title, sql: `SELECT ${shown.map(({ alias }) => alias).join(", ")} FROM (\n  ${inner}\n) WHERE times > 1` };
  }

  #foreignKey({ columns, references }: ConstraintDefinition): readonly Requirement[] {
    if (references === null) return [];
    const names = new Set(columns.map(({ name }) => foldName(name)));
    const sameName = (table: TableModel): boolean => foldName(table.name) === foldName(references.table);
    const parent = [...this.#around.old.values()].find(sameName);
    const wanted = [...this.#around.current.values()].find(sameName);
    const present = columns.map(({ name }) => `child.${shortName(name)} IS NOT NULL`);
    const title = `rows of ${this.#to.name} whose ${columns.map(({ name }) => name).join(", ")} no row of ${references.table} has`;
    const rows = (condition: string): string =>
      `SELECT ${this.#key()
        .map(({ sql, alias }) => `child.${sql} AS ${alias}`)
        .join(", ")} FROM ${this.#source({ names, alias: "child" })} WHERE ${condition}`;
    if (parent === undefined) return [{ title, sql: rows(present.join(" AND ")) }];
    const targets = references.columns ?? primaryKey(wanted ?? parent);
    const known = new Set(parent.columns.map((column) => foldName(columnName(parent, column))));
    if (targets.length !== columns.length || targets.some((name) => !known.has(foldName(name)))) return [];
    const equal = targets.map(
      (name, index) => `parent.${shortName(name)} = child.${shortName(columns[index]?.name ?? "")}`,
    );
    const exists = `SELECT 1 FROM ${this.#sourceOf(parent, "parent")} WHERE ${equal.join(" AND ")}`;
    return [{ title, sql: rows(`${present.join(" AND ")}\n  AND NOT EXISTS (${exists})`) }];
  }

  #rows(condition: string | null, names: ReadonlySet<string> = new Set()): string {
    const where = condition === null ? "" : ` WHERE ${condition}`;
    return `SELECT ${this.#key().map(aliased).join(", ")} FROM ${this.#source({ names })}${where}`;
  }

  /** What tells one row from another: the primary key, else the rowid. */
  #key(): readonly KeyPart[] {
    const columns = primaryKey(this.#from);
    if (columns.length === 0) return [{ sql: "rowid", alias: "rowid" }];
    return columns.map((name) => ({ sql: shortName(name), alias: shortName(name) }));
  }

  /** The table's rows, with the columns among these names that only arrive. */
  #source({ names, alias }: { readonly names: ReadonlySet<string>; readonly alias?: string }): string {
    const arriving = this.#arriving.filter(({ name, computed }) => computed || names.has(foldName(name)));
    if (!arriving.some(({ name }) => names.has(foldName(name)))) return this.#sourceOf(this.#from, alias);
    const gone = new Set(this.#arriving.map(({ name }) => foldName(name)));
    const kept = this.#from.columns
      .map((column) => columnName(this.#from, column))
      .filter((name) => !gone.has(foldName(name)));
    const rowid = this.#from.withoutRowid || this.#there.has("rowid") ? [] : ["rowid AS rowid"];
    const needed = neededColumns(arriving, this.#arriving);
    const query = withArriving(this.#sourceOf(this.#from), [...rowid, ...kept.map(shortName)], needed);
    return `(${query}) AS ${alias ?? shortName(this.#from.name)}`;
  }

  /** A table under the names that it and its columns have before the renames. */
  #sourceOf(table: TableModel, alias?: string): string {
    const earlier = (id: string): string | null =>
      this.#around.renames.find((rename) => rename.to === id && rename.from !== id)?.from ?? null;
    const name = ownNameOf(earlier(table.table.id) ?? table.table.id);
    const columns = table.columns.filter((column) => earlier(column.id) !== null);
    if (columns.length === 0 && name === table.name)
      return `${shortName(name)}${alias === undefined ? "" : ` AS ${alias}`}`;
    const list = table.columns.map((column) => {
      const own = columnName(table, column);
      return `${shortName(ownNameOf(earlier(column.id) ?? column.id))} AS ${shortName(own)}`;
    });
    const rowid = table.withoutRowid || this.#there.has("rowid") ? [] : ["rowid AS rowid"];
    return `(SELECT ${[...rowid, ...list].join(", ")} FROM ${shortName(name)}) AS ${alias ?? shortName(table.name)}`;
  }
}

/** Rows in which the same values of some keys are not allowed, and the columns that these read, folded. */
interface Agreement {
  readonly keys: readonly string[];
  readonly conditions: readonly string[];
  readonly names: ReadonlySet<string>;
}

interface KeyPart {
  readonly sql: string;
  readonly alias: string;
}

function aliased({ sql, alias }: KeyPart): string {
  return sql === alias ? sql : `${sql} AS ${alias}`;
}

/** Columns that are computed may read any other one that arrives. */
function neededColumns(wanted: readonly ArrivingColumn[], all: readonly ArrivingColumn[]): readonly ArrivingColumn[] {
  return wanted.some(({ computed }) => computed) ? all : wanted;
}

function textOf(source: string, tokens: readonly Token[]): string {
  return source.slice(tokens[0]?.start ?? 0, tokens.at(-1)?.end ?? 0);
}

/** Every name in an expression, folded. */
function namesIn(tokens: readonly Token[]): ReadonlySet<string> {
  const named = tokens.filter(({ kind }) => kind === "word" || kind === "quoted");
  return new Set(named.map((token) => foldName(plainName(token))));
}

function primaryKey(table: TableModel): readonly string[] {
  return (
    table.definition?.constraints.find(({ type }) => type === "primary key")?.columns.map(({ name }) => name) ?? []
  );
}

function ownNameOf(id: string): string {
  return plainPart(idParts(id).at(-1) ?? "");
}

function indexName(index: SchemaObject): string {
  return ownNameOf(index.id);
}
