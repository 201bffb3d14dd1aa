import type { LedgerHome } from "../sql-text.ts";
import { catalogNumbers, type Reading, standsAlone, statedRole, userRelation, userSchema } from "./catalog-query.ts";

/**
 * Owners and privileges, in rows of `address`, `owner`, `grants` (JSON), `part` and `of_sequence`. `part` is the name of a
 * column, whose privileges belong to the relation where the catalog does not hold the column; `of_sequence` marks those of
 * the sequence of an identity column. What is as usual is left out: an owner that a schema need not state, the owner's own
 * privileges, and PUBLIC's where a new object gives it some.
 */
export function privilegesQuery(home: LedgerHome, serverVersion: number, reading: Reading): string {
  const stated = (column: string): string => statedRole(column, reading);
  // Lists are alike for most objects of a schema, so that each is only read once.
  return `WITH o AS (${[...holders(home, serverVersion, stated)].join("\nUNION ALL ")}),
e AS (SELECT d.key, d.role, d.type, ${entriesOf(serverVersion)} AS grants
  FROM (SELECT DISTINCT ON (o.acl::text, o.role, o.type) o.acl::text AS key, o.acl, o.role, o.type FROM o WHERE o.acl IS NOT NULL) d)
SELECT o.address, o.owner, e.grants::text AS grants, o.part, o.of_sequence
FROM o LEFT JOIN e ON e.key = o.acl::text AND e.role = o.role AND e.type = o.type
WHERE o.owner IS NOT NULL OR e.grants IS NOT NULL`;
}

/** `P` is the schema `public`, which everybody may use, and before 15 make things in; columns give nobody anything by themselves. */
function entriesOf(serverVersion: number): string {
  const everybody = serverVersion >= 150_000 ? "=U" : "=UC";
  const usual = `CASE d.type WHEN 'P' THEN acldefault('n', d.role) || ('${everybody}/' || quote_ident(pg_get_userbyid(d.role)))::aclitem ELSE acldefault(d.type, d.role) END`;
  const all = `CASE d.type WHEN 'c' THEN 4 ELSE (SELECT count(*) FROM aclexplode(${usual}) u WHERE u.grantee = d.role) END`;
  return aclEntries("d.acl", { usual, owner: "d.role", all });
}

interface Holder {
  readonly address: string;
  /** The expression of the owner's name where one is stated, or null where there is none of its own. */
  readonly owner: string | null;
  readonly role: string;
  /** Null where there are no privileges. */
  readonly acl: string | null;
  /** A letter of `acldefault`, or an expression for one. */
  readonly type: string;
  readonly part?: string;
  readonly ofSequence?: boolean;
}

function select({ address, owner, role, acl, type, part, ofSequence }: Holder): string {
  const letter = type.length === 1 ? `'${type}'` : type;
  return `SELECT ${address} AS address, ${owner ?? "NULL::text"} AS owner, ${role} AS role, ${acl ?? "NULL::aclitem[]"} AS acl, (${letter})::"char" AS type, ${part ?? "NULL::text"} AS part, ${ofSequence === true} AS of_sequence`;
}

function* holders(home: LedgerHome, serverVersion: number, stated: (column: string) => string): Iterable<string> {
  const at = (catalog: keyof typeof catalogNumbers, oid: string): string =>
    `'${catalogNumbers[catalog]}:' || ${oid} || ':0'`;
  // Who owns a sequence of a column follows from the table.
  const ofColumn =
    "EXISTS (SELECT 1 FROM pg_depend d WHERE d.classid = 'pg_catalog.pg_class'::regclass AND d.objid = c.oid AND d.refclassid = 'pg_catalog.pg_class'::regclass AND d.deptype = 'a')";
  const relation = {
    address: at("pg_class", "c.oid"),
    owner: `CASE WHEN c.relkind <> 'S' OR NOT ${ofColumn} THEN ${stated("c.relowner")} END`,
    role: "c.relowner",
    acl: "c.relacl",
    type: "CASE c.relkind WHEN 'S' THEN 's' ELSE 'r' END",
  };
  const inSchema = "JOIN pg_namespace n ON n.oid =";
  yield `${select(relation)} FROM pg_class c ${inSchema} c.relnamespace WHERE c.relkind IN ('r', 'p', 'v', 'm', 'S', 'f') AND ${userRelation(home)}`;
  yield columns(home);
  yield identitySequences(home);
  yield `${select({ address: at("pg_type", "t.oid"), owner: stated("t.typowner"), role: "t.typowner", acl: "t.typacl", type: "T" })}
FROM pg_type t ${inSchema} t.typnamespace LEFT JOIN pg_class k ON k.oid = t.typrelid
WHERE (t.typtype IN ('e', 'd', 'r') OR k.relkind = 'c') AND ${userSchema(home)} AND ${standsAlone("pg_type", "t")}`;
  // The owner of `public` is whoever owns the database.
  const isUsual = serverVersion >= 150_000 ? "pg_get_userbyid(n.nspowner) = 'pg_database_owner'" : "n.nspowner = 10";
  const schema = {
    address: at("pg_namespace", "n.oid"),
    owner: `CASE WHEN n.nspname <> 'public' OR NOT ${isUsual} THEN ${stated("n.nspowner")} END`,
    role: "n.nspowner",
    acl: "coalesce(n.nspacl, acldefault('n', n.nspowner))",
    type: "CASE n.nspname WHEN 'public' THEN 'P' ELSE 'n' END",
  };
  yield `${select(schema)} FROM pg_namespace n WHERE ${userSchema(home)} AND ${standsAlone("pg_namespace", "n")}`;
  const others = [
    ["pg_proc", "pronamespace", "proowner", "proacl", "f"],
    ["pg_collation", "collnamespace", "collowner", null, "r"],
    ["pg_statistic_ext", "stxnamespace", "stxowner", null, "r"],
    ["pg_event_trigger", null, "evtowner", null, "r"],
    ["pg_publication", null, "pubowner", null, "r"],
    ["pg_foreign_data_wrapper", null, "fdwowner", "fdwacl", "F"],
    ["pg_foreign_server", null, "srvowner", "srvacl", "S"],
  ] as const;
  for (const [catalog, namespace, owner, acl, type] of others) {
    const role = `p.${owner}`;
    const columns = {
      address: at(catalog, "p.oid"),
      owner: stated(role),
      role,
      acl: acl === null ? null : `p.${acl}`,
      type,
    };
    const from = namespace === null ? "" : ` ${inSchema} p.${namespace}`;
    const where = namespace === null ? "" : `${userSchema(home)} AND `;
    yield `${select(columns)} FROM ${catalog} p${from} WHERE ${where}${standsAlone(catalog, "p")}`;
  }
}

function columns(home: LedgerHome): string {
  const column = {
    address: `'${catalogNumbers.pg_class}:' || c.oid || ':' || a.attnum`,
    owner: null,
    role: "c.relowner",
    acl: "a.attacl",
    type: "c",
    part: "quote_ident(a.attname)",
  };
  return `${select(column)} FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE a.attacl IS NOT NULL AND NOT a.attisdropped AND c.relkind IN ('r', 'p', 'v', 'm', 'f') AND ${userRelation(home)}`;
}

/** The sequence of an identity column is a part of the column. */
function identitySequences(home: LedgerHome): string {
  const sequence = {
    address: `'${catalogNumbers.pg_class}:' || c.oid || ':' || d.refobjsubid`,
    owner: null,
    role: "q.relowner",
    acl: "q.relacl",
    type: "s",
    ofSequence: true,
  };
  return `${select(sequence)} FROM pg_class q
  JOIN pg_depend d ON d.classid = 'pg_catalog.pg_class'::regclass AND d.objid = q.oid AND d.refclassid = 'pg_catalog.pg_class'::regclass AND d.deptype = 'i'
  JOIN pg_class c ON c.oid = d.refobjid JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE q.relkind = 'S' AND q.relacl IS NOT NULL AND ${userRelation(home)}`;
}

/**
 * What a list of privileges has and the usual one has not, and the other way round, as JSON in a fixed order: `SELECT TO
 * reader`, `ALL TO app WITH GRANT OPTION`, `SELECT TO "Other" GRANTED BY app`, `REVOKE EXECUTE FROM PUBLIC`. The owner is
 * called OWNER, so that equal lists of two owners are equal.
 */
export function aclEntries(
  list: string,
  { usual, owner, all }: { readonly usual: string; readonly owner: string; readonly all?: string },
): string {
  const role = (oid: string): string =>
    `CASE ${oid} WHEN 0::oid THEN 'PUBLIC' WHEN ${owner} THEN 'OWNER' ELSE quote_ident(pg_get_userbyid(${oid})) END`;
  const whole = all ?? `(SELECT count(*) FROM aclexplode(${usual}) u WHERE u.grantee = ${owner})`;
  const words = `CASE WHEN count(*) > 2 AND count(*) = ${whole} THEN 'ALL' ELSE string_agg(e.privilege_type, ', ' ORDER BY e.privilege_type) END`;
  return `(SELECT jsonb_agg(g.entry ORDER BY g.entry COLLATE "C") FROM (
    SELECT CASE WHEN e.given THEN '' ELSE 'REVOKE ' END || ${words} || CASE WHEN e.given THEN ' TO ' ELSE ' FROM ' END || ${role("e.grantee")}
      || CASE WHEN e.given AND e.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END
      || CASE WHEN e.grantor <> ${owner} THEN ' GRANTED BY ' || ${role("e.grantor")} ELSE '' END AS entry
    FROM (
      (SELECT true AS given, x.grantee, x.grantor, x.is_grantable, x.privilege_type FROM aclexplode(${list}) x
       EXCEPT SELECT true, u.grantee, u.grantor, u.is_grantable, u.privilege_type FROM aclexplode(${usual}) u)
      UNION ALL (SELECT false, u.grantee, u.grantor, false, u.privilege_type FROM aclexplode(${usual}) u
       EXCEPT SELECT false, x.grantee, x.grantor, false, x.privilege_type FROM aclexplode(${list}) x)
    ) e GROUP BY e.given, e.grantee, e.grantor, e.is_grantable
  ) g)`;
}
