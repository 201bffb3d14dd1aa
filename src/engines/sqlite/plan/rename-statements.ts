import type { Catalog } from "../../../catalog/catalog.ts";
import { idParts, plainPart } from "../../../catalog/object-id.ts";
import { writtenName } from "../../../diff/nameables.ts";
import type { Rename } from "../../../diff/renames.ts";
import { KeelsonError } from "../../../errors.ts";
import type { PlannedStatement } from "../../../plan/plan.ts";
import { shortName } from "../ddl/canonical-text.ts";
import { foldName } from "../script/tokens.ts";
import { isAtLeast } from "./alter-table.ts";
import { freeName } from "./free-name.ts";

/**
 * The renames that a person named and those that nobody needs to: SQLite takes names that differ only in capitals for
 * the same name, so such a table or column can't go and come.
 */
export function allRenames(from: Catalog, to: Catalog, named: readonly Rename[]): readonly Rename[] {
  const tables = named.filter((rename) => rename.kind === "table");
  const columns = named.filter((rename) => rename.kind === "column");
  const moreTables = respelt(from, to, { kind: "table", named: tables, idAfter: (id) => id });
  const newTable = new Map([...tables, ...moreTables].map((rename) => [rename.from, rename.to]));
  const idAfter = (id: string): string => {
    const parts = idParts(id);
    const table = newTable.get(`table:${parts.slice(0, -1).join(".")}`);
    return table === undefined ? id : `column:${idParts(table).join(".")}.${parts.at(-1)}`;
  };
  const moreColumns = respelt(from, to, { kind: "column", named: columns, idAfter });
  return [...tables, ...moreTables, ...columns, ...moreColumns];
}

/** Writes renames as ALTER TABLE, tables first; names that are exchanged go by a name that nothing has. */
export function renameStatements(from: Catalog, to: Catalog, renames: readonly Rename[]): readonly PlannedStatement[] {
  const tables = renames.filter((rename) => rename.kind === "table");
  const columns = renames.filter((rename) => rename.kind === "column");
  if (columns.length > 0 && !isAtLeast(from.serverVersion, 3, 25)) throw tooOld(from.serverVersion);
  return [...renameTables(from, to, tables), ...renameColumns(from, to, columns)];
}

interface Respelling {
  readonly kind: Rename["kind"];
  readonly named: readonly Rename[];
  /** The id that an object of `from` has once its table is renamed. */
  readonly idAfter: (id: string) => string;
}

function respelt(from: Catalog, to: Catalog, { kind, named, idAfter }: Respelling): readonly Rename[] {
  const taken = new Set([...named.map((rename) => rename.from), ...named.map((rename) => rename.to)]);
  const old = from.objects.filter((object) => object.kind === kind && !taken.has(object.id));
  const oldIds = new Set(old.map((object) => idAfter(object.id)));
  const current = new Map(
    to.objects.filter((object) => object.kind === kind && !taken.has(object.id)).map((object) => [object.id, object]),
  );
  const come = new Map([...current.keys()].filter((id) => !oldIds.has(id)).map((id) => [foldedId(id), id]));
  return old.flatMap((object) => {
    const id = idAfter(object.id);
    const other = current.has(id) ? undefined : come.get(foldedId(id));
    return other === undefined ? [] : [{ kind, from: object.id, to: other }];
  });
}

function foldedId(id: string): string {
  return JSON.stringify(idParts(id).map((part) => foldName(plainPart(part))));
}

function renameTables(from: Catalog, to: Catalog, renames: readonly Rename[]): readonly PlannedStatement[] {
  const there = new Set(
    from.objects.filter(({ kind }) => kind === "table" || kind === "view").map((object) => foldedId(object.id)),
  );
  const first: PlannedStatement[] = [];
  const second: PlannedStatement[] = [];
  const used: string[] = [];
  for (const rename of renames) {
    const old = nameIn(rename.from);
    const current = nameIn(rename.to);
    const statement = (before: string, after: string): PlannedStatement => ({
      sql: `ALTER TABLE ${shortName(before)} RENAME TO ${shortName(after)}`,
      title: `rename table ${before} to ${after}`,
      objects: [rename.to],
      losses: [],
      rename: `${writtenName(rename.from, from)}:${writtenName(rename.to, to)}`,
    });
    if (there.has(foldedId(rename.to))) {
      const between = freeName(`old_${old}`, [from, to], used);
      used.push(between);
      first.push(statement(old, between));
      second.push(statement(between, current));
    } else first.push(statement(old, current));
  }
  return [...first, ...second];
}

function renameColumns(from: Catalog, to: Catalog, renames: readonly Rename[]): readonly PlannedStatement[] {
  const leaving = new Set(renames.map((rename) => foldName(nameIn(rename.from))));
  const first: PlannedStatement[] = [];
  const second: PlannedStatement[] = [];
  const used: string[] = [];
  for (const rename of renames) {
    const table = plainPart(idParts(rename.to).at(-2) ?? "");
    const old = nameIn(rename.from);
    const current = nameIn(rename.to);
    const statement = (before: string, after: string): PlannedStatement => ({
      sql: `ALTER TABLE ${shortName(table)} RENAME COLUMN ${shortName(before)} TO ${shortName(after)}`,
      title: `rename column ${table}.${before} to ${after}`,
      objects: [rename.to],
      losses: [],
      rename: `${writtenName(rename.from, from)}:${writtenName(rename.to, to)}`,
    });
    if (leaving.has(foldName(current)) && foldName(current) !== foldName(old)) {
      const between = freeName(`old_${old}`, [from, to], used);
      used.push(between);
      first.push(statement(old, between));
      second.push(statement(between, current));
    } else first.push(statement(old, current));
  }
  return [...first, ...second];
}

function nameIn(id: string): string {
  return plainPart(idParts(id).at(-1) ?? "");
}

function tooOld(version: string): KeelsonError {
  return new KeelsonError(
    "plan.impossible",
    `SQLite ${version} can't rename a column; 3.25 was the first that could.`,
    {
      hint: "Use a newer SQLite, or leave the rename out: the column is then dropped and a new one added.",
    },
  );
}
