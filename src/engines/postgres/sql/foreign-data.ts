import {
  attributes,
  type CatalogQuery,
  commentJoin,
  foreignOptions,
  identity,
  standsAlone,
  userMade,
} from "./catalog-query.ts";

const functionName = (oid: string): string =>
  `(SELECT quote_ident(n.nspname) || '.' || quote_ident(p.proname) FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE p.oid = ${oid})`;

const mappingStandsAlone =
  "NOT EXISTS (SELECT 1 FROM pg_depend e WHERE e.classid = 'pg_catalog.pg_user_mapping'::regclass AND e.objid = m.umid AND e.deptype = 'e')";

/** Foreign data wrappers that no extension brought. */
export const foreignDataWrappers: CatalogQuery = () => `
SELECT ${identity("foreign-data-wrapper", ["w.fdwname"], null, { catalog: "pg_foreign_data_wrapper", oid: "w.oid" })},
  ${attributes({
    handler: functionName("w.fdwhandler"),
    validator: functionName("w.fdwvalidator"),
    options: foreignOptions("w.fdwoptions"),
    comment: "comment.description",
  })}
FROM pg_foreign_data_wrapper w ${commentJoin("pg_foreign_data_wrapper", "w")}
WHERE ${userMade("w")} AND ${standsAlone("pg_foreign_data_wrapper", "w")}`;

/** Foreign servers. */
export const servers: CatalogQuery = () => `
SELECT ${identity("server", ["s.srvname"], null, { catalog: "pg_foreign_server", oid: "s.oid" })},
  ${attributes({
    wrapper: "(SELECT quote_ident(w.fdwname) FROM pg_foreign_data_wrapper w WHERE w.oid = s.srvfdw)",
    type: "s.srvtype",
    version: "s.srvversion",
    options: foreignOptions("s.srvoptions"),
    comment: "comment.description",
  })}
FROM pg_foreign_server s ${commentJoin("pg_foreign_server", "s")}
WHERE ${userMade("s")} AND ${standsAlone("pg_foreign_server", "s")}`;

/**
 * User mappings. The system catalog itself is closed to everybody but superusers; the view is open, and gives options to
 * those only who may use them.
 */
export const userMappings: CatalogQuery = () => `
SELECT ${identity("user-mapping", ["m.srvname", "m.usename"], null, { catalog: "pg_user_mapping", oid: "m.umid" })},
  ${attributes({ options: foreignOptions("m.umoptions", { ofUser: true }) })}
FROM pg_user_mappings m WHERE ${mappingStandsAlone}`;

/** Names of the user mappings whose options the reading role may not see, as a column `name`. */
export const hiddenMappings = `SELECT 'options of the user mapping of ' || quote_ident(m.usename) || ' on server ' || quote_ident(m.srvname) || ', which this role may not read' AS name
FROM pg_user_mappings m JOIN pg_foreign_server s ON s.oid = m.srvid
WHERE m.umoptions IS NULL AND NOT (CASE WHEN m.umuser = 0 THEN pg_has_role(s.srvowner, 'USAGE')
    ELSE m.usename = current_user AND (pg_has_role(s.srvowner, 'USAGE') OR has_server_privilege(s.oid, 'USAGE')) END
  OR (SELECT r.rolsuper FROM pg_roles r WHERE r.rolname = current_user)) AND ${mappingStandsAlone}`;
