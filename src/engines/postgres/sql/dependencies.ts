import { catalogNumbers } from "./catalog-query.ts";

/** Objects below this number were made when the server was initialised. */
export const firstUserOid = 16_384;

const { pg_class, pg_type, pg_attrdef, pg_constraint, pg_rewrite } = catalogNumbers;

/** What depends on what among objects that users and extensions made; rows of `object`, `needs` (addresses) and `kind`. */
export const dependencyQuery = `
SELECT d.classid::oid || ':' || d.objid || ':' || d.objsubid AS object,
  d.refclassid::oid || ':' || d.refobjid || ':' || d.refobjsubid AS needs, d.deptype::text AS kind
FROM pg_depend d WHERE d.objid >= ${firstUserOid} AND d.refobjid >= ${firstUserOid}
  AND NOT EXISTS (SELECT 1 FROM pg_class t WHERE d.classid = 'pg_catalog.pg_class'::regclass AND t.oid = d.objid AND t.relkind = 't')`;

/**
 * What the server keeps apart and a catalog holds as one; rows of `address` and `stands_for`, an address or a chain of
 * them. What a partition has from its parent is `of_parent`: who needs it needs the parent's, and what it needs is not
 * the parent's need.
 */
export const aliasQuery = `
SELECT a.address, a.stands_for, a.address IN (
    SELECT '${pg_constraint}:' || k.oid || ':0' FROM pg_constraint k WHERE k.conparentid <> 0
    UNION ALL SELECT '${pg_class}:' || c.oid || ':0' FROM pg_class c WHERE c.relkind IN ('i', 'I') AND c.relispartition
  ) AS of_parent
FROM (
SELECT '${pg_rewrite}:' || r.oid || ':0' AS address, '${pg_class}:' || r.ev_class || ':0' AS stands_for FROM pg_rewrite r WHERE r.oid >= ${firstUserOid}
UNION ALL SELECT '${pg_attrdef}:' || d.oid || ':0', '${pg_class}:' || d.adrelid || ':' || d.adnum FROM pg_attrdef d
UNION ALL SELECT '${pg_type}:' || t.oid || ':0', '${pg_class}:' || t.typrelid || ':0' FROM pg_type t JOIN pg_class c ON c.oid = t.typrelid AND c.relkind <> 'c' WHERE t.oid >= ${firstUserOid}
UNION ALL SELECT '${pg_class}:' || c.oid || ':0', '${pg_type}:' || c.reltype || ':0' FROM pg_class c WHERE c.relkind = 'c' AND c.oid >= ${firstUserOid}
UNION ALL SELECT '${pg_type}:' || t.oid || ':0', '${pg_type}:' || t.typelem || ':0' FROM pg_type t WHERE t.typelem >= ${firstUserOid} AND t.typcategory = 'A'
UNION ALL SELECT '${pg_class}:' || k.conindid || ':0', '${pg_constraint}:' || k.oid || ':0' FROM pg_constraint k WHERE k.contype IN ('p', 'u', 'x') AND k.conindid >= ${firstUserOid}
UNION ALL SELECT '${pg_constraint}:' || k.oid || ':0', '${pg_constraint}:' || k.conparentid || ':0' FROM pg_constraint k WHERE k.conparentid <> 0
UNION ALL SELECT '${pg_constraint}:' || k.oid || ':0', '${pg_type}:' || k.contypid || ':0' FROM pg_constraint k WHERE k.contypid >= ${firstUserOid}
UNION ALL SELECT '${pg_class}:' || i.inhrelid || ':0', '${pg_class}:' || i.inhparent || ':0' FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid AND c.relkind IN ('i', 'I')
  WHERE NOT EXISTS (SELECT 1 FROM pg_constraint k WHERE k.conindid = i.inhrelid AND k.contype IN ('p', 'u', 'x'))
UNION ALL SELECT '${pg_class}:' || d.objid || ':0', '${pg_class}:' || d.refobjid || ':' || d.refobjsubid FROM pg_depend d JOIN pg_class c ON c.oid = d.objid AND c.relkind = 'S'
  WHERE d.classid = 'pg_catalog.pg_class'::regclass AND d.refclassid = 'pg_catalog.pg_class'::regclass AND d.deptype = 'i'
) a`;
