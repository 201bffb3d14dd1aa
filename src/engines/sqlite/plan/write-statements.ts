import type { Catalog, SchemaObject } from "../../../catalog/catalog.ts";
import { idParts, plainPart } from "../../../catalog/object-id.ts";
import type { PlannedStatement } from "../../../plan/plan.ts";
import { shortName } from "../ddl/canonical-text.ts";
import { type AlterPlan, alterTable } from "./alter-table.ts";
import { findDependents, type TouchedTables } from "./dependents.ts";
import { freeName } from "./free-name.ts";
import { inOrder } from "./in-order.ts";
import { keepsRowids, rebuildTable } from "./rebuild-table.ts";
import { fillFromContent, rebuildVirtualTable, virtualLosses } from "./rebuild-virtual-table.ts";
import { sameAttributes, splitChanges, type TableModel, tableModels } from "./table-model.ts";

/** How tables may be changed. */
export interface WritingOptions {
  /** Rebuild every table that changes, also where ALTER TABLE seems to do. */
  readonly rebuildAll: boolean;
}

/** A table that both catalogs have. */
interface KeptTable {
  readonly from: TableModel;
  readonly to: TableModel;
  /** Null where the table must be rebuilt. */
  readonly alter: AlterPlan | null;
}

/**
 * Writes the statements in an order in which each finds what it needs: away with triggers, views, indexes and tables
 * that go or are in the way; then tables; then indexes, views and triggers. Equal names matter neither way.
 */
export function writeStatements(from: Catalog, to: Catalog, options: WritingOptions): readonly PlannedStatement[] {
  const old = tableModels(from);
  const current = tableModels(to);
  const kept = parentsFirst([...current.values()]).flatMap((table) =>
    keptTable(old.get(table.table.id), table, from, options),
  );
  const rebuilt = kept.filter((table) => table.alter === null);
  const gone = [...old.values()].filter((table) => !current.has(table.table.id));
  const come = [...current.values()].filter((table) => !old.has(table.table.id));
  const away = new Set([...gone.map((table) => table.table.id), ...rebuilt.map((table) => table.to.table.id)]);
  const columns = new Map(
    kept.flatMap(({ to: table, alter }) => (alter && alter.dropped.size > 0 ? [[table.table.id, alter.dropped]] : [])),
  );
  const readers = readerChanges(from, to, { dropped: away, columns });
  const indexes = indexChanges(kept, come);
  return [
    ...readers.drop,
    ...indexes.drop,
    ...[...parentsFirst(gone)].reverse().map(dropTable),
    ...parentsFirst(come).map((table) => create(table.table)),
    ...kept.flatMap((table) => changeTable(table, from, to)),
    ...indexes.create,
    ...readers.create,
    // What they are filled from may be a view.
    ...toBeFilled(kept, come).flatMap(fillFromContent),
  ];
}

function keptTable(
  from: TableModel | undefined,
  to: TableModel,
  catalog: Catalog,
  options: WritingOptions,
): readonly KeptTable[] {
  if (from === undefined) return [];
  if (isUnchanged(from, to)) return [{ from, to, alter: { statements: [], dropped: new Set() } }];
  return [{ from, to, alter: options.rebuildAll ? null : alterTable(from, to, catalog.serverVersion) }];
}

/** Indexes and triggers change on their own. The columns of a virtual table are its module's. */
function isUnchanged(from: TableModel, to: TableModel): boolean {
  if (!sameAttributes(from.table, to.table)) return false;
  if (from.virtual) return true;
  const parts = (table: TableModel): readonly SchemaObject[] => [...table.columns, ...table.constraints];
  const { gone, come } = splitChanges(parts(from), parts(to));
  return gone.length === 0 && come.length === 0;
}

function changeTable({ from, to, alter }: KeptTable, before: Catalog, after: Catalog): readonly PlannedStatement[] {
  if (alter !== null) return alter.statements;
  const rebuild = { from, to, temporary: freeName(`new_${to.name}`, [before, after]) };
  if (from.virtual && to.virtual) return rebuildVirtualTable(rebuild);
  return rebuildTable(rebuild);
}

/** Indexes for full-text search over other tables that are new, or that would name rows by ids of before. */
function toBeFilled(kept: readonly KeptTable[], come: readonly TableModel[]): readonly TableModel[] {
  const renumbered = new Set(
    kept
      .filter(({ from, to, alter }) => alter === null && !to.virtual && !keepsRowids(from, to))
      .map(({ to }) => to.table.id),
  );
  const again = kept.filter(
    ({ to, alter }) => to.virtual && (alter === null || to.table.dependsOn.some((id) => renumbered.has(id))),
  );
  return [...come, ...again.map(({ to }) => to)];
}

interface Pieces {
  readonly drop: readonly PlannedStatement[];
  readonly create: readonly PlannedStatement[];
}

/** Views and triggers that go, come, change, or are in the way of what happens to tables. */
function readerChanges(from: Catalog, to: Catalog, tables: Omit<TouchedTables, "readers">): Pieces {
  const isReader = (object: SchemaObject): boolean => object.kind === "view" || object.kind === "trigger";
  const old = from.objects.filter(isReader);
  const current = to.objects.filter(isReader);
  const { gone, come } = splitChanges(old, withColumnsOf(old, current));
  const touched = { ...tables, readers: new Set(gone.map((object) => object.id)) };
  const dependents = findDependents(from, touched);
  const away = new Set([...gone.map((object) => object.id), ...dependents]);
  // What hangs on a table or view that goes, goes with it.
  const lost = new Set(
    old
      .filter((object) => touched.dropped.has(object.parent ?? "") || away.has(object.parent ?? ""))
      .map(({ id }) => id),
  );
  const back = new Set([...come.map((object) => object.id), ...away, ...lost]);
  const dropped = inOrder(old.filter((object) => away.has(object.id)));
  const created = inOrder(current.filter((object) => back.has(object.id)));
  const pick = (objects: readonly SchemaObject[], kind: SchemaObject["kind"]): readonly SchemaObject[] =>
    objects.filter((object) => object.kind === kind);
  return {
    drop: [...[...pick(dropped, "trigger")].reverse(), ...[...pick(dropped, "view")].reverse()].map(drop),
    create: [...pick(created, "view"), ...pick(created, "trigger")].map(create),
  };
}

/** The columns of a view that is written the same follow its tables by themselves. */
function withColumnsOf(old: readonly SchemaObject[], current: readonly SchemaObject[]): readonly SchemaObject[] {
  const before = new Map(old.map((object) => [object.id, object]));
  return current.map((object) => {
    const other = before.get(object.id);
    return other !== undefined && other.source === object.source ? { ...object, attributes: other.attributes } : object;
  });
}

/** The indexes of a rebuilt table go with it and all come back. */
function indexChanges(kept: readonly KeptTable[], come: readonly TableModel[]): Pieces {
  const drops: SchemaObject[] = [];
  const creates: SchemaObject[] = come.flatMap((table) => table.indexes);
  for (const { from, to, alter } of kept) {
    const changes = splitChanges(from.indexes, to.indexes);
    if (alter === null) creates.push(...to.indexes);
    else {
      drops.push(...changes.gone);
      creates.push(...changes.come);
    }
  }
  return { drop: drops.map(drop), create: creates.map(create) };
}

/** Tables in an order in which each stands behind those that it points to. */
function parentsFirst(tables: readonly TableModel[]): readonly TableModel[] {
  const byId = new Map(tables.map((table) => [table.table.id, table]));
  const withParents = tables.map(({ table, constraints }) => ({
    ...table,
    dependsOn: [...table.dependsOn, ...constraints.flatMap((constraint) => constraint.dependsOn)],
  }));
  return inOrder(withParents).flatMap((table) => byId.get(table.id) ?? []);
}

function dropTable(table: TableModel): PlannedStatement {
  const losses = table.virtual ? virtualLosses(table) : [`the table ${table.name} with all its rows`];
  return { ...drop(table.table), losses };
}

function drop(object: SchemaObject): PlannedStatement {
  return {
    sql: `DROP ${object.kind.toUpperCase()} ${shortName(plainPart(idParts(object.id).at(-1) ?? ""))}`,
    title: `drop ${object.kind} ${object.name}`,
    objects: [object.id],
    losses: [],
  };
}

function create(object: SchemaObject): PlannedStatement {
  return { sql: object.source ?? "", title: `create ${object.kind} ${object.name}`, objects: [object.id], losses: [] };
}
