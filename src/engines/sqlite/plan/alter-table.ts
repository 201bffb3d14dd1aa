import type { SchemaObject } from "../../../catalog/catalog.ts";
import type { PlannedStatement } from "../../../plan/plan.ts";
import { shortName } from "../ddl/canonical-text.ts";
import type { ColumnDefinition, ConstraintDefinition } from "../ddl/table-definition.ts";
import { foldName, isPunctuation, plainName, type Token } from "../script/tokens.ts";
import { isNeverNull } from "./never-null.ts";
import {
  columnDefinition,
  columnName,
  constraintDefinition,
  sameAttributes,
  splitChanges,
  type TableModel,
} from "./table-model.ts";

/** Changes of a table that ALTER TABLE makes in place. */
export interface AlterPlan {
  readonly statements: readonly PlannedStatement[];
  /** The names of the columns that go, folded. */
  readonly dropped: ReadonlySet<string>;
}

/** What this SQLite's ALTER TABLE can do. */
interface Abilities {
  /** DROP COLUMN came with 3.35. */
  readonly dropsColumns: boolean;
  /** SET NOT NULL, DROP NOT NULL, ADD CHECK and DROP CONSTRAINT came with 3.53. */
  readonly altersConstraints: boolean;
}

/** The changes of one table, sorted by what becomes of them. */
interface Changes {
  readonly from: TableModel;
  readonly to: TableModel;
  readonly columns: ReturnType<typeof splitChanges>;
  readonly constraints: ReturnType<typeof splitChanges>;
}

/**
 * Writes the statements that change a table in place, or returns null where this version's ALTER TABLE can't do exactly
 * that and the table must be rebuilt. Rows decide nothing here: a statement that SQLite refuses for a filled table only
 * is never used.
 */
export function alterTable(from: TableModel, to: TableModel, version: string): AlterPlan | null {
  if (from.definition === null || to.definition === null || !sameAttributes(from.table, to.table)) return null;
  const abilities = { dropsColumns: isAtLeast(version, 3, 35), altersConstraints: isAtLeast(version, 3, 53) };
  const changes: Changes = {
    from,
    to,
    columns: splitChanges(from.columns, to.columns),
    constraints: splitChanges(from.constraints, to.constraints),
  };
  const kept = new Set(from.columns.map((column) => column.id));
  const added = changes.columns.come.filter((column) => !kept.has(column.id));
  const changed = changes.columns.come.filter((column) => kept.has(column.id));
  const there = new Set(to.columns.map((column) => column.id));
  const dropped = changes.columns.gone.filter((column) => !there.has(column.id));
  const inline = inlineConstraints(changes, added);
  const parts = [
    dropConstraints(changes, dropped, abilities),
    addColumns(changes, added, inline),
    changeNullability(changes, changed, abilities),
    dropColumns(changes, dropped, abilities),
    addChecks(changes, added, { abilities, inline }),
  ];
  if (parts.includes(null)) return null;
  return {
    statements: parts.flatMap((part) => part ?? []),
    dropped: new Set(dropped.map((column) => foldName(columnName(from, column)))),
  };
}

/** Whether a version of SQLite is at least this one. */
export function isAtLeast(version: string, major: number, minor: number): boolean {
  const [first = 0, second = 0] = version.split(".").map(Number);
  return first > major || (first === major && second >= minor);
}

/** Whether a name stands anywhere among tokens. */
export function mentions(tokens: readonly Token[], name: string): boolean {
  return tokens.some((token) => token.kind !== "punctuation" && foldName(plainName(token)) === name);
}

/** Constraints of the table that a new column can carry, by the column's id: a foreign key from it alone. */
function inlineConstraints(
  { to, constraints }: Changes,
  added: readonly SchemaObject[],
): ReadonlyMap<string, readonly ConstraintDefinition[]> {
  const carried = new Map<string, ConstraintDefinition[]>();
  for (const constraint of constraints.come) {
    const definition = constraintDefinition(to, constraint);
    if (definition?.level !== "table" || definition.type !== "foreign key" || definition.columns.length !== 1) continue;
    const name = definition.columns[0]?.name ?? "";
    const column = added.find((one) => foldName(columnName(to, one)) === foldName(name));
    if (column !== undefined) carried.set(column.id, [...(carried.get(column.id) ?? []), definition]);
  }
  return carried;
}

function addColumns(
  { to }: Changes,
  added: readonly SchemaObject[],
  inline: ReadonlyMap<string, readonly ConstraintDefinition[]>,
): readonly PlannedStatement[] | null {
  const statements: PlannedStatement[] = [];
  for (const object of added) {
    const column = columnDefinition(to, object);
    const carried = inline.get(object.id) ?? [];
    if (column === undefined || !canBeAdded(column, carried)) return null;
    const clauses = carried.map((constraint) => ` ${inlineForeignKey(to, constraint)}`).join("");
    statements.push({
      sql: `ALTER TABLE ${shortName(to.name)} ADD COLUMN ${object.source}${clauses}`,
      title: `add column ${object.name}`,
      objects: [object.id],
      losses: [],
    });
  }
  return statements;
}

/** What ADD COLUMN takes whatever rows there are. */
function canBeAdded(column: ColumnDefinition, carried: readonly ConstraintDefinition[]): boolean {
  const constraints = [...column.constraints, ...carried];
  if (constraints.some(({ type }) => type === "primary key" || type === "unique")) return false;
  if (column.generated !== null) return !column.generated.stored;
  const value = constantDefault(column);
  if (value === "varies") return false;
  if (column.notNull && value === "null") return false;
  return value === "null" || !constraints.some(({ type }) => type === "foreign key");
}

/** What a default is for rows that are there already. */
function constantDefault(column: ColumnDefinition): "null" | "constant" | "varies" {
  if (column.default === null) return "null";
  const sign = isPunctuation(column.default[0], "-") || isPunctuation(column.default[0], "+");
  const [value, ...more] = sign ? column.default.slice(1) : column.default;
  if (value === undefined || more.length > 0) return "varies";
  if (value.kind === "word") return value.text.toUpperCase() === "NULL" ? "null" : "varies";
  return value.kind === "number" || value.kind === "string" ? "constant" : "varies";
}

/** `REFERENCES ...` with the constraint's name, cut from `FOREIGN KEY (a) REFERENCES ...`. */
function inlineForeignKey(table: TableModel, constraint: ConstraintDefinition): string {
  const at = constraint.tokens.findIndex((token) => token.kind === "word" && token.text.toUpperCase() === "REFERENCES");
  const text = table.definition?.sql.slice(constraint.tokens[at]?.start ?? 0, constraint.tokens.at(-1)?.end ?? 0);
  return constraint.name === null ? `${text}` : `CONSTRAINT ${shortName(constraint.name)} ${text}`;
}

/** Only NOT NULL changes in place, and only without a conflict clause, which SQLite would drop in silence. */
function changeNullability(
  { from, to }: Changes,
  changed: readonly SchemaObject[],
  abilities: Abilities,
): readonly PlannedStatement[] | null {
  const statements: PlannedStatement[] = [];
  for (const object of changed) {
    const before = from.columns.find((column) => column.id === object.id);
    const after = object.attributes;
    if (before === undefined || !abilities.altersConstraints) return null;
    const same = sameAttributes(
      { ...before, attributes: { ...before.attributes, notNull: after["notNull"] ?? null } },
      object,
    );
    if (!same || after["notNullConflict"] !== null || after["named"] !== null) return null;
    const verb = after["notNull"] === true ? "SET" : "DROP";
    statements.push({
      sql: `ALTER TABLE ${shortName(to.name)} ALTER COLUMN ${shortName(columnName(to, object))} ${verb} NOT NULL`,
      title: `${verb === "SET" ? "forbid" : "allow"} NULL in ${object.name}`,
      objects: [object.id],
      losses: [],
    });
  }
  return statements;
}

/** A constraint goes with its column, or by its name where it is a check. */
function dropConstraints(
  { from, constraints }: Changes,
  dropped: readonly SchemaObject[],
  abilities: Abilities,
): readonly PlannedStatement[] | null {
  const goesAlong = new Set(
    dropped.flatMap((column) => columnDefinition(from, column)?.constraints ?? []).filter(isDroppable),
  );
  const statements: PlannedStatement[] = [];
  for (const object of constraints.gone) {
    const definition = constraintDefinition(from, object);
    if (definition === undefined) return null;
    if (goesAlong.has(definition)) continue;
    if (definition.type !== "check" || definition.name === null || !abilities.altersConstraints) return null;
    if (from.definition?.constraints.some((other) => other !== definition && other.name === definition.name))
      return null;
    statements.push({
      sql: `ALTER TABLE ${shortName(from.name)} DROP CONSTRAINT ${shortName(definition.name)}`,
      title: `drop check ${object.name}`,
      objects: [object.id],
      losses: [],
    });
  }
  return statements;
}

/** Keys keep DROP COLUMN from working. */
function isDroppable(constraint: ConstraintDefinition): boolean {
  return constraint.type === "check" || constraint.type === "foreign key";
}

/** SQLite refuses to drop a column that anything else in the table names. */
function dropColumns(
  { from, constraints }: Changes,
  dropped: readonly SchemaObject[],
  abilities: Abilities,
): readonly PlannedStatement[] | null {
  if (dropped.length > 0 && !abilities.dropsColumns) return null;
  const gone = new Set(constraints.gone.map((constraint) => constraintDefinition(from, constraint)));
  const statements: PlannedStatement[] = [];
  for (const object of dropped) {
    const column = columnDefinition(from, object);
    if (column === undefined || from.definition === null) return null;
    const name = foldName(column.name);
    const others = from.definition.columns.filter((other) => other !== column);
    const named =
      !column.constraints.every(isDroppable) ||
      others.some((other) => other.generated !== null && mentions(other.generated.expression, name)) ||
      from.definition.constraints.some(
        (constraint) =>
          !column.constraints.includes(constraint) && !dropsFirst(constraint, gone) && namesColumn(constraint, name),
      );
    if (named) return null;
    statements.push({
      sql: `ALTER TABLE ${shortName(from.name)} DROP COLUMN ${shortName(column.name)}`,
      title: `drop column ${object.name}`,
      objects: [object.id],
      losses: column.generated === null ? [`the column ${object.name} with all its values`] : [],
    });
  }
  return statements;
}

/** A named check that goes is dropped before the columns are. */
function dropsFirst(constraint: ConstraintDefinition, gone: ReadonlySet<ConstraintDefinition | undefined>): boolean {
  return constraint.type === "check" && gone.has(constraint);
}

function namesColumn(constraint: ConstraintDefinition, name: string): boolean {
  return mentions(constraint.expression, name) || constraint.columns.some((column) => foldName(column.name) === name);
}

function addChecks(
  { to, constraints }: Changes,
  added: readonly SchemaObject[],
  how: { readonly abilities: Abilities; readonly inline: ReadonlyMap<string, readonly ConstraintDefinition[]> },
): readonly PlannedStatement[] | null {
  const comesAlong = new Set([
    ...added.flatMap((column) => columnDefinition(to, column)?.constraints ?? []),
    ...[...how.inline.values()].flat(),
  ]);
  const statements: PlannedStatement[] = [];
  for (const object of constraints.come) {
    const definition = constraintDefinition(to, object);
    if (definition === undefined) return null;
    if (comesAlong.has(definition)) continue;
    if (definition.type !== "check" || !how.abilities.altersConstraints) return null;
    // A check lets rows pass for which it is NULL; ADD CHECK, as of SQLite 3.53, does not.
    if (!isNeverNull(definition.expression, to)) return null;
    statements.push({
      sql: `ALTER TABLE ${shortName(to.name)} ADD ${object.source}`,
      title: `add check ${object.name}`,
      objects: [object.id],
      losses: [],
    });
  }
  return statements;
}
