import { idParts, ownName, plainPart, sqlName } from "../../../catalog/object-id.ts";
import { identitySequence } from "../render/column.ts";
import { convertValue, needsRebuilding } from "../render/convert-value.ts";
import type { RenderContext } from "../render/renderer.ts";
import { castColumn } from "../render/type-change.ts";
import { quoteIdentifier, quoteText } from "../sql-text.ts";
import { lossesOf } from "./losses.ts";
import type { Partitions } from "./partitions.ts";
import { isSet, type PlanObject, text } from "./schema-model.ts";
import { typeUse } from "./type-names.ts";

/**
 * The statements of a guided copy. What a table's rows are stored by, such as a partition key, can't be changed: the table
 * moves aside, a new one takes its name and its rows, and the old one goes once all rows are there.
 */
export interface TableCopy {
  /** Give the old tables, and the sequences of their identity columns, other names. */
  readonly aside: readonly string[];
  /** Copy the rows, check that all are there, and take over what the new tables could not have before. */
  readonly copy: readonly string[];
  /** Drops the old table with its old partitions. */
  readonly discard: string;
  /** What is not taken over because the new table has no place for it. */
  readonly losses: readonly string[];
}

/** Writes the guided copy of a table with all its partitions. */
export function copyTable(table: PlanObject, context: RenderContext, partitions: Partitions): TableCopy {
  const old = oldName(table);
  const members = context.from.objects.filter(
    (other) => other.kind === "table" && partitions.isCopied(other.id) && isUnder(other, table, partitions),
  );
  const all = [table, ...members];
  const to = context.to.get(table.id) ?? table;
  return {
    aside: all.flatMap((member) => [
      `ALTER TABLE ${sqlName(member.id)} RENAME TO ${ownName(`table:${oldName(member)}`)}`,
      ...identityColumns(member, context).map((column) => renameSequence(column)),
    ]),
    copy: [
      copyRows(table, old, context),
      ...positions(table, context),
      ...(isSet(to, "forceRowSecurity") ? [forceRowSecurity(to)] : []),
    ],
    discard: `DROP TABLE ${old}`,
    losses: columnLosses(table, context),
  };
}

/** Policies for the owner as well; before its rows are copied they would keep some of them out. */
export function forceRowSecurity(table: PlanObject): string {
  return `ALTER TABLE ${sqlName(table.id)} FORCE ROW LEVEL SECURITY`;
}

function isUnder(table: PlanObject, root: PlanObject, partitions: Partitions): boolean {
  return partitions.ancestors(table.id, "from").includes(root.id);
}

/** The name under which a table waits for its rows to be copied. */
function oldName(table: PlanObject): string {
  const [schema = "", name = ""] = idParts(table.id);
  return `${schema}.${aside(name)}`;
}

function aside(name: string): string {
  return quoteIdentifier(`${plainPart(name).slice(0, 50)}_replaced`);
}

/** One block, so that the rows counted are those that were copied, whatever else the new table holds by then. */
function copyRows(table: PlanObject, old: string, context: RenderContext): string {
  const name = sqlName(table.id);
  const columns = context.to.children(table.id).flatMap((column) => {
    const from = context.from.get(column.id);
    const copied = column.kind === "column" && from !== undefined && text(column, "generated") === null;
    return copied ? [{ from, to: column }] : [];
  });
  const names = columns.map(({ to }) => ownName(to.id)).join(", ");
  const values = columns.map(({ from, to }) => valueFor(from, to, context)).join(", ");
  const identity = columns.some(({ to }) => text(to, "identity") !== null) ? " OVERRIDING SYSTEM VALUE" : "";
  const insert =
    columns.length === 0
      ? `INSERT INTO ${name} SELECT FROM ${old}`
      : `INSERT INTO ${name} (${names})${identity}\n    SELECT ${values} FROM ${old}`;
  return `DO $copy$
DECLARE
  copied bigint;
BEGIN
  ${insert};
  GET DIAGNOSTICS copied = ROW_COUNT;
  IF copied <> (SELECT count(*) FROM ${old}) THEN
    RAISE EXCEPTION ${quoteText(`Not every row of ${table.name.replaceAll("%", "%%")} was copied, only %.`)}, copied;
  END IF;
END
$copy$`;
}

function valueFor(from: PlanObject, to: PlanObject, context: RenderContext): string {
  const name = ownName(to.id);
  const types = { from: text(from, "type") ?? "", to: text(to, "type") ?? "" };
  if (needsRebuilding(types, context)) return convertValue(name, types, context).sql;
  if (types.from === types.to) return from.dependsOn.length === 0 ? name : throughText(name, types, context);
  const using = " USING ";
  const clause = castColumn(from, to, { throughText: false });
  const at = clause.indexOf(using);
  return at < 0 ? `${name}::${types.to}` : clause.slice(at + using.length);
}

/** A type of one name may be another one by now. */
function throughText(
  name: string,
  types: { readonly from: string; readonly to: string },
  context: RenderContext,
): string {
  const isOwn = typeUse(types.from, context.from).object !== null;
  return isOwn ? convertValue(name, types, context).sql : name;
}

function identityColumns(table: PlanObject, context: RenderContext): readonly PlanObject[] {
  return context.from
    .children(table.id)
    .filter(
      (column) =>
        column.kind === "column" &&
        text(column, "identity") !== null &&
        column.attributes["identitySettings"] !== undefined,
    );
}

function renameSequence(column: PlanObject): string {
  const sequence = identitySequence(column);
  return `ALTER SEQUENCE ${sequence} RENAME TO ${aside(ownName(`sequence:${sequence}`))}`;
}

/** The new identity columns go on where the old ones were. */
function positions(table: PlanObject, context: RenderContext): readonly string[] {
  return identityColumns(table, context).flatMap((column) => {
    const to = context.to.get(column.id);
    if (to === undefined || text(to, "identity") === null) return [];
    const old = identitySequence(column);
    const schema = idParts(`sequence:${old}`)[0];
    const from = `${schema}.${aside(ownName(`sequence:${old}`))}`;
    return [`SELECT pg_catalog.setval(${quoteText(identitySequence(to))}, last_value, is_called) FROM ${from}`];
  });
}

function columnLosses(table: PlanObject, context: RenderContext): readonly string[] {
  return context.from.children(table.id).flatMap((column) => {
    if (column.kind !== "column") return [];
    const to = context.to.get(column.id);
    if (to === undefined) return lossesOf({ what: "drop", from: column }, context);
    return lossesOf({ what: "alter", from: column, to, statements: [], retypes: false }, context);
  });
}
