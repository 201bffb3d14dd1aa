import { idParts, ownName, sqlName } from "../../../catalog/object-id.ts";
import { isForeignBelow } from "./foreign-tables.ts";
import { printedList } from "./printed-parts.ts";
import { list, type PlanObject, type SchemaModel, text } from "./schema-model.ts";

/** A column of a query that tells one row from another. */
interface KeyColumn {
  readonly sql: string;
  readonly alias: string;
}

/** A column that a plan adds, and what it holds in the rows that are there before. */
export interface AddedColumn {
  readonly name: string;
  readonly value: string;
}

/** How a table is read. */
export interface FromOptions {
  readonly alias?: string;
  /** Without the rows of tables that inherit from it. */
  readonly only?: boolean;
  /** Columns that it does not have yet. */
  readonly added?: readonly AddedColumn[];
}

/**
 * Writes queries on tables as they are before a plan: under the names that tables and columns have until it renames them.
 */
export class RowSource {
  readonly #model: SchemaModel;
  readonly #namesBefore: ReadonlyMap<string, string>;
  /** The names of tables that others inherit from. */
  readonly #parents: ReadonlySet<string>;

  /** `namesBefore`: by their ids in the model, the ids that objects have until the plan renames them. */
  constructor(model: SchemaModel, namesBefore: ReadonlyMap<string, string>) {
    this.#model = model;
    this.#namesBefore = namesBefore;
    this.#parents = new Set(
      model.objects.flatMap((object) => (object.kind === "table" ? list(object, "inherits") : [])),
    );
  }

  /** Whether a table has rows of its own, or its partitions have, that a statement here may look at; none of another server. */
  isThere(table: string): boolean {
    const object = this.#model.get(table);
    return object?.kind === "table" && !isForeignBelow(object, this.#model);
  }

  /** The name that an object has until the plan renames it, as SQL takes it. */
  nameOf(id: string): string {
    return sqlName(this.#before(id));
  }

  /** The rows that a condition holds for; all of them without one. */
  rows(table: string, condition: string | null, added: readonly AddedColumn[] = []): string {
    const where = condition === null ? "" : `\nWHERE ${condition}`;
    return `SELECT ${this.keyList(table)}\nFROM ${this.from(table, { added })}${where}`;
  }

  /** The rows for which something holds of an expression, which the condition calls `value`. */
  rowsWithValue(table: string, value: string, condition: string): string {
    return `SELECT ${this.#outerKeys(table)}\nFROM (SELECT ${this.keyList(table)}, ${value} AS value FROM ${this.from(table)}) AS found\nWHERE ${condition}`;
  }

  /** The rows with an element of an array for which something holds of its `value`, an expression on `(array)[place]`. */
  rowsWithElement(
    table: string,
    { array, value }: { readonly array: string | null; readonly value: string },
    condition: string,
  ): string {
    const elements = `SELECT ${value} AS value FROM generate_subscripts(${array}, 1) AS place`;
    return this.rows(table, `EXISTS (SELECT FROM (${elements}) AS element WHERE ${condition})`);
  }

  /** The rows that agree in some expressions with another one that the condition holds for as well. */
  duplicates(
    table: string,
    keys: readonly string[],
    { condition, ...source }: { readonly condition: string | null } & FromOptions,
  ): string {
    const where = condition === null ? "" : `\n  WHERE ${condition}`;
    const counted = `count(*) OVER (PARTITION BY ${keys.join(", ")}) AS times`;
    return `SELECT ${this.#outerKeys(table)}\nFROM (\n  SELECT ${this.keyList(table)}, ${counted}\n  FROM ${this.from(table, source)}${where}\n) AS found\nWHERE times > 1`;
  }

  /** What tells rows apart, of the table under this alias: the primary key, else their place. */
  keyList(table: string, alias?: string): string {
    const prefix = alias === undefined ? "" : `${alias}.`;
    return this.#keys(table)
      .map(({ sql, alias: name }) => {
        const value = sql === "tableoid" ? `${prefix}tableoid::regclass` : `${prefix}${sql}`;
        return value === name ? value : `${value} AS ${name}`;
      })
      .join(", ");
  }

  /** The table as an item of FROM, its columns under the names of the model. */
  from(table: string, { alias, only = false, added = [] }: FromOptions = {}): string {
    const object = this.#model.get(table);
    const before = this.#before(table);
    const alone = only && object !== undefined && text(object, "partitionKey") === null && this.#hasHeirs(table);
    const name = `${alone ? "ONLY " : ""}${sqlName(before)}`;
    const columns = this.#model.children(table).filter((child) => child.kind === "column");
    const moved = before !== table || columns.some((column) => this.#before(column.id) !== column.id);
    if (!moved && added.length === 0) return alias === undefined ? name : `${name} AS ${alias}`;
    const names = columns.map((column) => {
      const [old, current] = [ownName(this.#before(column.id)), ownName(column.id)];
      return old === current ? old : `${old} AS ${current}`;
    });
    const values = [...names, ...added.map(({ name: column, value }) => `${value} AS ${column}`)];
    return `(SELECT tableoid, ctid, ${values.join(", ")} FROM ${name}) AS ${alias ?? ownName(table)}`;
  }

  #before(id: string): string {
    return this.#namesBefore.get(id) ?? id;
  }

  #outerKeys(table: string): string {
    return this.#keys(table)
      .map(({ alias }) => alias)
      .join(", ");
  }

  #keys(table: string): readonly KeyColumn[] {
    const key = this.#model
      .children(table)
      .find((child) => child.kind === "constraint" && text(child, "type") === "primary key");
    const columns = key === undefined ? [] : keyColumns(key);
    if (columns.length > 0 && columns.every((name) => this.#model.get(columnId(table, name)) !== undefined)) {
      return columns.map((name) => ({ sql: name, alias: name }));
    }
    const object = this.#model.get(table);
    const several = this.#hasHeirs(table) || (object !== undefined && text(object, "partitionKey") !== null);
    const place = { sql: "ctid", alias: "place" };
    return several ? [{ sql: "tableoid", alias: "in_table" }, place] : [place];
  }

  #hasHeirs(table: string): boolean {
    return this.#parents.has(sqlName(table));
  }
}

/** The names of a primary key's or unique constraint's columns, as the server prints them. */
export function keyColumns(constraint: PlanObject): readonly string[] {
  const items = printedList(text(constraint, "definition") ?? "")?.items ?? [];
  return items.map((item) => (item.endsWith(" WITHOUT OVERLAPS") ? item.slice(0, -" WITHOUT OVERLAPS".length) : item));
}

/** The id of a column by its table's id and its name as SQL writes it. */
export function columnId(table: string, name: string): string {
  return `column:${idParts(table).join(".")}.${name}`;
}

/** The table of a column, a constraint or an index, as messages name it. */
export function shownTable(part: PlanObject): string {
  return idParts(part.id).slice(0, 2).join(".");
}
