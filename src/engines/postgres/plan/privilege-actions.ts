import { splitColumnGrant } from "../../../catalog/grant-entry.ts";
import { idParts, ownName, plainPart, sqlName } from "../../../catalog/object-id.ts";
import { privilegeAttributes } from "../../../catalog/privileges.ts";
import type { RenderContext } from "../render/renderer.ts";
import { quoteText } from "../sql-text.ts";
import { type AclClass, emptyAcl, publicSchemaAcl, readAcl, usualAcl, withOwner } from "./acl.ts";
import type { Decision } from "./decision.ts";
import { newObjectAcl } from "./default-acl.ts";
import { grantChanges } from "./grant-changes.ts";
import { type GrantSubject, grantStatements } from "./grant-statements.ts";
import { ownerIn, type PrivilegeSubject, privilegeSubject, tableOfSequence } from "./privilege-subject.ts";
import { type AclChange, relationGrantStatements } from "./relation-grants.ts";
import { list, type PlanObject, type SchemaModel, text } from "./schema-model.ts";

/** A piece of a plan that sets owners or privileges. */
export interface PrivilegeDraft {
  readonly key: string;
  readonly phase: "privileges" | "hand over";
  readonly object: PlanObject;
  readonly title: string;
  readonly sql: readonly string[];
  /** Objects that have to be there, as they will be, by id. */
  readonly needs: readonly string[];
  /** Keys of actions that come first. */
  readonly after: readonly string[];
}

/** What privileges are planned from. */
export interface PrivilegeRequest {
  readonly decisions: ReadonlyMap<string, Decision>;
  readonly context: RenderContext;
}

/**
 * The owners and privileges that objects are still to be given once they are there: of an object that stays what differs,
 * of one that is made, or made again, everything that it does not get by itself.
 */
export function privilegeDrafts(request: PrivilegeRequest): readonly PrivilegeDraft[] {
  const { from, to } = request.context;
  const ids = candidates(request);
  return [...ids].flatMap((id) => {
    const object = to.get(id);
    const subject = object === undefined ? null : privilegeSubject(object);
    if (object === undefined || subject === null) return [];
    return [...handOver(object, { from, to }), ...draft(object, subject, request)];
  });
}

/** The objects of the goal that have or had anything of the kind, and those that are made while it is given to new ones. */
function candidates({ decisions, context: { from, to } }: PrivilegeRequest): ReadonlySet<string> {
  const ids = new Set<string>();
  let givesToNew = false;
  for (const object of from.objects) {
    if (object.kind === "default-privileges") givesToNew = true;
    if (hasPrivileges(object)) ids.add(holderOf(object));
  }
  for (const object of to.objects) if (hasPrivileges(object)) ids.add(holderOf(object));
  for (const object of to.objects) {
    const table = tableOfSequence(object);
    if (table !== null && (ids.has(table) || text(from.get(table) ?? object, "owner") !== null)) ids.add(object.id);
    if (givesToNew && isMade(object, decisions, from)) ids.add(holderOf(object));
  }
  return ids;
}

function hasPrivileges({ attributes }: PlanObject): boolean {
  for (const name of privilegeAttributes) if (attributes[name] !== undefined) return true;
  return false;
}

function holderOf(object: PlanObject): string {
  return object.kind === "column" ? (object.parent ?? object.id) : object.id;
}

function isMade(object: PlanObject, decisions: PrivilegeRequest["decisions"], from: SchemaModel): boolean {
  const decision = decisions.get(object.id);
  if (decision?.what === "create" || decision?.what === "replace") return true;
  if (object.kind === "column" && object.parent !== null) {
    const parent = decisions.get(object.parent);
    if (parent?.what === "create" || parent?.what === "replace") return true;
  }
  return from.get(object.id) === undefined;
}

/** A sequence can only come to belong to a column of a table that has the same owner. */
function handOver(sequence: PlanObject, { from, to }: RenderContext): readonly PrivilegeDraft[] {
  const table = tableOfSequence(sequence);
  const holder = table === null ? undefined : from.get(table);
  if (holder === undefined || to.get(table ?? "") === undefined) return [];
  const before = from.get(sequence.id);
  if (before !== undefined && tableOfSequence(before) !== null) return [];
  const has = before === undefined ? null : text(before, "owner");
  const needed = text(holder, "owner");
  if (has === needed) return [];
  return [
    {
      key: `hand over ${sequence.id}`,
      phase: "hand over",
      object: sequence,
      title: `set owner of sequence ${sequence.name}`,
      sql: [`ALTER SEQUENCE ${sqlName(sequence.id)} OWNER TO ${needed ?? "CURRENT_USER"}`],
      needs: [sequence.id],
      after: [],
    },
  ];
}

function draft(
  object: PlanObject,
  subject: PrivilegeSubject,
  { decisions, context }: PrivilegeRequest,
): readonly PrivilegeDraft[] {
  const { from, to } = context;
  const before = isMade(object, decisions, from) ? undefined : from.get(object.id);
  const owner = ownerIn(to, object);
  const formerOwner = before === undefined ? null : ownerIn(from, before);
  const isNewOwner = owner !== formerOwner;
  const ownerSql =
    isNewOwner && tableOfSequence(object) === null
      ? [`ALTER ${subject.alter} OWNER TO ${owner ?? unstatedOwner(object, context)}`]
      : [];
  const state: State = { object, before, owner: isNewOwner ? owner : null, decisions, context };
  const grants = subject.kind === null ? [] : grantSql(state, subject.kind, { ...subject, kind: subject.kind, owner });
  const sql = [...ownerSql, ...grants];
  if (sql.length === 0) return [];
  const what = [...(ownerSql.length > 0 ? ["owner"] : []), ...(grants.length > 0 ? ["privileges"] : [])].join(" and ");
  return [
    {
      key: `privileges ${object.id}`,
      phase: "privileges",
      object,
      title: `set ${what} of ${object.kind.replaceAll("-", " ")} ${object.name}`,
      sql,
      needs: [object.id, ...to.children(object.id).flatMap((child) => (child.kind === "column" ? [child.id] : []))],
      after: [...earlier(object, to)],
    },
  ];
}

/** The role that owns what states no owner: the one that runs the statements, and the server's own for `public`. */
function unstatedOwner({ id }: PlanObject, context: RenderContext): string {
  return id === "schema:public" && majorOf(context) >= 15 ? "pg_database_owner" : "CURRENT_USER";
}

function majorOf({ to }: RenderContext): number {
  return Number.parseInt(to.serverVersion, 10);
}

/** Whoever is to own or to grant in a schema needs its privileges first; a table's owner is its sequences' too. */
function earlier(object: PlanObject, to: SchemaModel): readonly string[] {
  const table = tableOfSequence(object);
  const schema = `schema:${idParts(object.id)[0] ?? ""}`;
  return [
    ...(object.kind === "schema" ? [] : [`privileges ${schema}`]),
    ...(table === null ? [] : [`privileges ${table}`]),
    ...(object.kind === "table"
      ? to.objects.flatMap((one) => (tableOfSequence(one) === object.id ? [`owner ${one.id}`] : []))
      : []),
  ];
}

interface State {
  readonly object: PlanObject;
  /** As it is when its privileges are set; undefined where it is made before that. */
  readonly before: PlanObject | undefined;
  /** The owner that it has got by then, where that is another one. */
  readonly owner: string | null;
  readonly decisions: ReadonlyMap<string, Decision>;
  readonly context: RenderContext;
}

function grantSql(state: State, kind: AclClass, subject: GrantSubject): readonly string[] {
  const { object, before, owner, context } = state;
  const usual = object.id === "schema:public" ? publicSchemaAcl(majorOf(context)) : usualAcl(kind);
  const schema = object.kind === "schema" ? null : (idParts(object.id)[0] ?? null);
  const start =
    before === undefined ? newObjectAcl(kind, schema, context.from) : readAcl(list(before, "grants"), kind, usual);
  const acl = { from: withOwner(start, owner), to: readAcl(list(object, "grants"), kind, usual) };
  if (kind !== "table") return grantStatements(grantChanges(acl.from, acl.to, kind), subject);
  return [
    ...relationGrantStatements({ table: acl, columns: columnAcls(state) }, subject),
    ...identitySql(state, subject),
  ];
}

function columnAcls(state: State): ReadonlyMap<string, AclChange> {
  const { object, before, owner, context } = state;
  const old = before === undefined ? new Map<string, readonly string[]>() : columnEntries(before, context.from);
  const wanted = columnEntries(object, context.to);
  const acls = new Map<string, AclChange>();
  for (const column of [...new Set([...old.keys(), ...wanted.keys()])].sort()) {
    const id = `column:${sqlName(object.id)}.${column}`;
    const there = context.to.get(id);
    if (there === undefined && context.from.get(id) !== undefined) continue;
    const isNew = there !== undefined && isMade(there, state.decisions, context.from);
    const start = isNew ? emptyAcl : readAcl(old.get(column) ?? [], "column");
    acls.set(column, { from: withOwner(start, owner), to: readAcl(wanted.get(column) ?? [], "column") });
  }
  return acls;
}

/** The privileges on the columns of a relation, by the columns' names. */
function columnEntries(relation: PlanObject, model: SchemaModel): ReadonlyMap<string, readonly string[]> {
  const entries = new Map<string, string[]>();
  for (const line of list(relation, "columnGrants")) {
    const { column, entry } = splitColumnGrant(line);
    entries.set(column, [...(entries.get(column) ?? []), entry]);
  }
  for (const child of model.children(relation.id)) {
    const grants = child.kind === "column" ? list(child, "grants") : [];
    if (grants.length > 0) entries.set(ownName(child.id), [...grants]);
  }
  return entries;
}

/** Stands in a statement for the name of a sequence. */
const sequence = "\u0001";

/** The sequence of an identity column has a name that only the database knows. */
function identitySql(state: State, subject: GrantSubject): readonly string[] {
  const { object, before, owner, context } = state;
  const schema = idParts(object.id)[0] ?? null;
  return context.to.children(object.id).flatMap((column) => {
    if (column.kind !== "column" || text(column, "identity") === null) return [];
    const former =
      before === undefined || isMade(column, state.decisions, context.from) ? undefined : context.from.get(column.id);
    const isKept = former !== undefined && text(former, "identity") !== null;
    const start = isKept
      ? readAcl(list(former, "sequenceGrants"), "sequence")
      : newObjectAcl("sequence", schema, context.from);
    const changes = grantChanges(
      withOwner(start, owner),
      readAcl(list(column, "sequenceGrants"), "sequence"),
      "sequence",
    );
    const names = `${quoteText(sqlName(object.id))}, ${quoteText(plainPart(ownName(column.id)))}`;
    const statements = grantStatements(changes, { kind: "sequence", on: `SEQUENCE ${sequence}`, owner: subject.owner });
    return statements.map((sql) => {
      const parts = sql.split(sequence).map((part) => part.replaceAll("%", "%%"));
      return parts.length === 1
        ? sql
        : `DO $keelson$ BEGIN EXECUTE pg_catalog.format(${quoteText(parts.join("%s"))}, pg_catalog.pg_get_serial_sequence(${names})); END $keelson$`;
    });
  });
}
