import { type LedgerHome, quoteText } from "../sql-text.ts";

/**
 * Builds one query of the introspection. Each gives rows of `id`, `name`, `parent` and `attributes` (JSON without nulls
 * and without what is as usual), so that one reader does for all kinds. All of them run with an empty search_path, so
 * that the server qualifies every name that it prints but its own.
 */
export type CatalogQuery = (home: LedgerHome, serverVersion: number, reading: Reading) => string;

/** What a reading depends on besides the server. */
export interface Reading {
  /** The role that connected. */
  readonly user: string;
  /** `stated`: without owners that a schema need not state, which are the database's own and the role that connected. */
  readonly owners: "stated" | "all";
  /** Patterns of the roles that belong to the schema. */
  readonly roles: readonly string[];
}

/** The name of a role, quoted, or null where it is one that a schema need not state. */
export function statedRole(oid: string, { owners, user }: Reading): string {
  const name = `quote_ident(pg_get_userbyid(${oid}))`;
  return owners === "all" ? name : `CASE WHEN ${isUsualRole(oid, user)} THEN NULL ELSE ${name} END`;
}

/** The name of a role, quoted, or null where it is the one that connected. */
export function connectedRole(oid: string, { owners, user }: Reading): string {
  const name = `quote_ident(pg_get_userbyid(${oid}))`;
  return owners === "all" ? name : `CASE WHEN pg_get_userbyid(${oid}) <> ${quoteText(user)} THEN ${name} END`;
}

function isUsualRole(oid: string, user: string): string {
  return `${oid} IN ((SELECT d.datdba FROM pg_database d WHERE d.datname = current_database()), (SELECT r.oid FROM pg_roles r WHERE r.rolname = ${quoteText(user)}))`;
}

/** True for schemas that are neither the server's own nor temporary, and not Keelson's. `n` is pg_namespace. */
export function userSchema(home: LedgerHome): string {
  const own = home.prefix === "" ? ` AND n.nspname <> ${quoteText(home.schema)}` : "";
  return `n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'${own}`;
}

/** The same, and the relation `c` (pg_class) is not one of Keelson's, nor of an extension. */
export function userRelation(home: LedgerHome): string {
  const own =
    home.prefix === ""
      ? ""
      : ` AND NOT (n.nspname = ${quoteText(home.schema)} AND pg_catalog.starts_with(c.relname::text, ${quoteText(home.prefix)}))`;
  return `${userSchema(home)}${own} AND ${standsAlone("pg_class", "c")}`;
}

/**
 * True for objects that neither an extension brought nor another object, as a range type brings its functions. A column
 * of a partition key belongs to its table in the same way, which says nothing of the table.
 */
export function standsAlone(catalog: string, alias: string): string {
  return `NOT EXISTS (SELECT 1 FROM pg_depend e WHERE e.classid = 'pg_catalog.${catalog}'::regclass AND e.objid = ${alias}.oid AND e.objsubid = 0 AND e.deptype IN ('e', 'i'))`;
}

/** True for objects that were made after the server was initialised, for catalogs that have no schemas. */
export function userMade(alias: string): string {
  return `${alias}.oid >= ${firstUserOid}`;
}

/** Objects below this number were made when the server was initialised. */
export const firstUserOid = 16_384;

/** Options of user mappings that are known to hold no secret; every other one may. */
const openMappingOptions =
  "'user', 'username', 'user_name', 'password_required', 'sslcert', 'sslkey', 'use_scram_passthrough'";
const secretOption =
  "'(password|passwd|passphrase|passcode|passfile|secret|token|credentials?|(api|access|private|account|client|server)_?key)$'";

/**
 * The options of something foreign as a sorted list of `name=value`. What is or may be a secret is there by its name
 * alone, so that no catalog ever holds one.
 */
export function foreignOptions(column: string, options: { readonly ofUser?: boolean } = {}): string {
  const secret =
    options.ofUser === true ? `o.option_name NOT IN (${openMappingOptions})` : `o.option_name ~* ${secretOption}`;
  return `(SELECT jsonb_agg(o.option_name || CASE WHEN ${secret} THEN '' ELSE '=' || coalesce(o.option_value, '') END ORDER BY o.option_name COLLATE "C") FROM pg_options_to_table(${column}) o)`;
}

/** The comment of an object as a join; its text is `comment.description`. */
export function commentJoin(catalog: string, alias: string, part = "0"): string {
  return `LEFT JOIN pg_description comment ON comment.classoid = 'pg_catalog.${catalog}'::regclass AND comment.objoid = ${alias}.oid AND comment.objsubid = ${part}`;
}

/** Where the server keeps an object: its system catalog by name, its number there, and the column of a relation. */
export interface Address {
  readonly catalog: keyof typeof catalogNumbers;
  readonly oid: string;
  readonly column?: string;
}

/** The numbers of the system catalogs, the same on every server; `pg_depend` names objects by them. */
export const catalogNumbers = {
  pg_class: 1259,
  pg_type: 1247,
  pg_proc: 1255,
  pg_attrdef: 2604,
  pg_constraint: 2606,
  pg_rewrite: 2618,
  pg_trigger: 2620,
  pg_policy: 3256,
  pg_namespace: 2615,
  pg_extension: 3079,
  pg_authid: 1260,
  pg_auth_members: 1261,
  pg_collation: 3456,
  pg_statistic_ext: 3381,
  pg_event_trigger: 3466,
  pg_foreign_data_wrapper: 2328,
  pg_foreign_server: 1417,
  pg_user_mapping: 1418,
  pg_publication: 6104,
  pg_publication_rel: 6106,
  pg_publication_namespace: 6237,
  pg_default_acl: 826,
} as const;

/** The first columns of every query. */
export function identity(kind: string, parts: readonly string[], parent: string | null, address: Address): string {
  const quoted = parts.map((part) => `quote_ident(${part})`).join(" || '.' || ");
  const shown = parts.map((part) => `${part}::text`).join(" || '.' || ");
  return `'${kind}:' || ${quoted} AS id, ${shown} AS name, ${parent ?? "NULL::text"} AS parent, ${addressColumns(address)}`;
}

/** The columns that say where the server keeps the object, and its position among its siblings. */
export function addressColumns({ catalog, oid, column }: Address): string {
  const position = column ?? "0";
  return `'${catalogNumbers[catalog]}:' || ${oid} || ':' || ${position} AS address, ${position}::int AS position`;
}

/** The id of a relation's object, for `parent`. */
export const tableId = "'table:' || quote_ident(n.nspname) || '.' || quote_ident(c.relname)";

/** Storage options in an order that doesn't tell when they were set; null where there are none. */
export function sortedOptions(options: string): string {
  // Most objects have none, and a subquery that is not begun costs nothing.
  return `CASE WHEN ${options} IS NOT NULL THEN (SELECT jsonb_agg(o ORDER BY o COLLATE "C") FROM unnest(${options}) AS o) END`;
}

/** The tablespace of a relation by its name; null for the database's own. */
export function tablespaceOf(relation: string): string {
  return `CASE WHEN ${relation}.reltablespace <> 0 THEN (SELECT ts.spcname FROM pg_tablespace ts WHERE ts.oid = ${relation}.reltablespace) END`;
}

/** The options of the table that keeps a relation's long values. */
export const toastOptions = `CASE WHEN c.reltoastrelid <> 0 THEN (SELECT ${sortedOptions("s.reloptions")} FROM pg_class s WHERE s.oid = c.reltoastrelid) END`;

/** An object of attributes as JSON text, attributes without a value left out. */
export function attributes(values: Readonly<Record<string, string>>): string {
  // Put together as text: to build an object with every attribute and to strip what is null takes four times as long.
  const pairs = Object.entries(values).map(([name, sql]) => `',"${name}":' || to_json(${sql})`);
  return `'{' || substr(concat(${pairs.join(", ")}), 2) || '}' AS attributes`;
}

/** A query without rows, for what is not read. */
export const noRows =
  "SELECT ''::text AS id, ''::text AS name, NULL::text AS parent, ''::text AS address, 0 AS position, '{}'::text AS attributes WHERE false";
