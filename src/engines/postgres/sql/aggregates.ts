import {
  addressColumns,
  attributes,
  type CatalogQuery,
  commentJoin,
  standsAlone,
  userSchema,
} from "./catalog-query.ts";

/** A function by its name alone, as the words of CREATE AGGREGATE take it; null where there is none. */
const functionName = (oid: string): string =>
  `(SELECT quote_ident(fn.nspname) || '.' || quote_ident(f.proname) FROM pg_proc f JOIN pg_namespace fn ON fn.oid = f.pronamespace WHERE f.oid = ${oid})`;

const modifies = (value: string): string =>
  `CASE WHEN ${value} <> (CASE a.aggkind WHEN 'n' THEN 'r' ELSE 'w' END) THEN CASE ${value} WHEN 'r' THEN 'READ_ONLY' WHEN 's' THEN 'SHAREABLE' ELSE 'READ_WRITE' END END`;

/** Aggregates, told apart from each other and from functions by the types of their arguments. */
export const aggregates: CatalogQuery = (home) => `
SELECT 'aggregate:' || quote_ident(n.nspname) || '.' || quote_ident(p.proname) || '(' || oidvectortypes(p.proargtypes) || ')' AS id,
  n.nspname || '.' || p.proname || '(' || oidvectortypes(p.proargtypes) || ')' AS name, NULL::text AS parent,
  ${addressColumns({ catalog: "pg_proc", oid: "p.oid" })},
  ${attributes({
    kind: "CASE a.aggkind WHEN 'o' THEN 'ordered-set' WHEN 'h' THEN 'hypothetical' END",
    arguments: "coalesce(nullif(pg_get_function_arguments(p.oid), ''), '*')",
    result: "format_type(p.prorettype, NULL)",
    transition: functionName("a.aggtransfn"),
    stateType: "format_type(a.aggtranstype, NULL)",
    stateSize: "nullif(a.aggtransspace, 0)",
    initial: "a.agginitval",
    final: functionName("a.aggfinalfn"),
    finalExtra: "nullif(a.aggfinalextra, false)",
    finalModifies: modifies("a.aggfinalmodify"),
    combine: functionName("a.aggcombinefn"),
    serialize: functionName("a.aggserialfn"),
    deserialize: functionName("a.aggdeserialfn"),
    movingTransition: functionName("a.aggmtransfn"),
    movingInverse: functionName("a.aggminvtransfn"),
    movingStateType: "CASE WHEN a.aggmtranstype <> 0 THEN format_type(a.aggmtranstype, NULL) END",
    movingStateSize: "nullif(a.aggmtransspace, 0)",
    movingInitial: "a.aggminitval",
    movingFinal: functionName("a.aggmfinalfn"),
    movingFinalExtra: "nullif(a.aggmfinalextra, false)",
    movingFinalModifies: `CASE WHEN a.aggmtransfn <> 0 THEN ${modifies("a.aggmfinalmodify")} END`,
    sortOperator:
      "(SELECT 'OPERATOR(' || quote_ident(sn.nspname) || '.' || o.oprname || ')' FROM pg_operator o JOIN pg_namespace sn ON sn.oid = o.oprnamespace WHERE o.oid = a.aggsortop)",
    parallel: "CASE p.proparallel WHEN 's' THEN 'SAFE' WHEN 'r' THEN 'RESTRICTED' END",
    comment: "comment.description",
  })}
FROM pg_aggregate a JOIN pg_proc p ON p.oid = a.aggfnoid JOIN pg_namespace n ON n.oid = p.pronamespace ${commentJoin("pg_proc", "p")}
WHERE ${userSchema(home)} AND ${standsAlone("pg_proc", "p")}`;
