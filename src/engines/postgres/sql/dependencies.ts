import { catalogNumbers, firstUserOid } from "./catalog-query.ts";
import { unlikeParent } from "./views-and-routines.ts";

const { pg_class, pg_type, pg_proc, pg_trigger, pg_attrdef, pg_constraint, pg_rewrite, pg_publication } =
  catalogNumbers;
const { pg_publication_rel, pg_publication_namespace } = catalogNumbers;

/** What depends on what among objects that users and extensions made; rows of `object`, `needs` (addresses) and `kind`. */
export const dependencyQuery = `
SELECT d.classid::oid || ':' || d.objid || ':' || d.objsubid AS object,
  d.refclassid::oid || ':' || d.refobjid || ':' || d.refobjsubid AS needs, d.deptype::text AS kind
FROM pg_depend d WHERE d.objid >= ${firstUserOid} AND d.refobjid >= ${firstUserOid}
  AND NOT EXISTS (SELECT 1 FROM pg_class t WHERE d.classid = 'pg_catalog.pg_class'::regclass AND t.oid = d.objid AND t.relkind = 't')`;

/**
 * What the server keeps apart and a catalog holds as one; rows of `address` and `stands_for`, an address or a chain of
 * them. A foreign key or trigger that a partition has from its parent is `of_parent`: who needs it needs the
 * parent's, and what it needs is not the parent's need.
 */
export const aliasQuery = `
SELECT a.address, a.stands_for, a.address IN (
    SELECT '${pg_constraint}:' || k.oid || ':0' FROM pg_constraint k WHERE k.conparentid <> 0 AND k.contype = 'f'
    UNION ALL SELECT '${pg_trigger}:' || t.oid || ':0' FROM pg_trigger t WHERE t.tgparentid <> 0 AND NOT ${unlikeParent}
  ) AS of_parent
FROM (
SELECT '${pg_rewrite}:' || r.oid || ':0' AS address, '${pg_class}:' || r.ev_class || ':0' AS stands_for FROM pg_rewrite r WHERE r.oid >= ${firstUserOid}
UNION ALL SELECT '${pg_attrdef}:' || d.oid || ':0', '${pg_class}:' || d.adrelid || ':' || d.adnum FROM pg_attrdef d
UNION ALL SELECT '${pg_type}:' || t.oid || ':0', '${pg_class}:' || t.typrelid || ':0' FROM pg_type t JOIN pg_class c ON c.oid = t.typrelid AND c.relkind <> 'c' WHERE t.oid >= ${firstUserOid}
UNION ALL SELECT '${pg_class}:' || c.oid || ':0', '${pg_type}:' || c.reltype || ':0' FROM pg_class c WHERE c.relkind = 'c' AND c.oid >= ${firstUserOid}
UNION ALL SELECT '${pg_type}:' || t.oid || ':0', '${pg_type}:' || t.typelem || ':0' FROM pg_type t WHERE t.typelem >= ${firstUserOid} AND t.typcategory = 'A'
UNION ALL SELECT '${pg_type}:' || r.rngmultitypid || ':0', '${pg_type}:' || r.rngtypid || ':0' FROM pg_range r WHERE r.rngtypid >= ${firstUserOid}
UNION ALL SELECT '${pg_proc}:' || d.objid || ':0', '${pg_type}:' || d.refobjid || ':0' FROM pg_depend d WHERE d.classid = ${pg_proc} AND d.refclassid = ${pg_type} AND d.deptype = 'i'
UNION ALL SELECT '${pg_trigger}:' || t.oid || ':0', '${pg_trigger}:' || t.tgparentid || ':0' FROM pg_trigger t WHERE t.tgparentid <> 0
UNION ALL SELECT '${pg_class}:' || k.conindid || ':0', '${pg_constraint}:' || k.oid || ':0' FROM pg_constraint k WHERE k.contype IN ('p', 'u', 'x') AND k.conindid >= ${firstUserOid}
UNION ALL SELECT '${pg_constraint}:' || k.oid || ':0', '${pg_constraint}:' || k.conparentid || ':0' FROM pg_constraint k WHERE k.conparentid <> 0 AND k.contype = 'f'
UNION ALL SELECT '${pg_constraint}:' || k.oid || ':0', '${pg_type}:' || k.contypid || ':0' FROM pg_constraint k WHERE k.contypid >= ${firstUserOid}
UNION ALL SELECT '${pg_class}:' || d.objid || ':0', '${pg_class}:' || d.refobjid || ':' || d.refobjsubid FROM pg_depend d JOIN pg_class c ON c.oid = d.objid AND c.relkind = 'S'
  WHERE d.classid = 'pg_catalog.pg_class'::regclass AND d.refclassid = 'pg_catalog.pg_class'::regclass AND d.deptype = 'i'
UNION ALL SELECT d.classid::oid || ':' || d.objid || ':0', '${pg_publication}:' || d.refobjid || ':0' FROM pg_depend d
  WHERE d.classid IN (${pg_publication_rel}, ${pg_publication_namespace}) AND d.refclassid = ${pg_publication}
) a`;
