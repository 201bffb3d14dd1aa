/*
 * The names that the server gives to what nobody names: `makeObjectName` in `indexcmds.c`. Names that need a number because
 * another object has them count as unusual, which only means that they are written out.
 */

/** The most bytes that a name may have. */
const longest = 63;

/** An SQL expression for the name that the server makes of a table's name, of column names and of a label. */
export function madeName(table: string, columns: string | null, label: string): string {
  if (columns === null) return `left(${table}, ${longest - 1} - octet_length(${label})) || '_' || ${label}`;
  const room = `(${longest - 2} - octet_length(${label}))`;
  const [first, second] = [`octet_length(${table})`, `octet_length(${columns})`];
  const half = `(${room} / 2)`;
  // The longer one is cut until both fit; two long ones meet in the middle.
  const kept = `CASE WHEN ${first} + ${second} <= ${room} THEN ${first} WHEN ${second} <= ${half} THEN ${room} - ${second} WHEN ${first} <= ${room} - ${half} THEN ${first} ELSE ${half} END`;
  return `left(${table}, ${kept}) || '_' || left(${columns}, ${room} - (${kept})) || '_' || ${label}`;
}

/** An SQL expression for the columns of an index (an alias of pg_class) as the server puts them into a name. */
export function indexColumns(index: string): string {
  // The columns of an index keep the names that the table's had when it was made.
  return `(SELECT string_agg(coalesce(ta.attname, ia.attname), '_' ORDER BY ia.attnum) FROM pg_attribute ia JOIN pg_index ix ON ix.indexrelid = ia.attrelid
      LEFT JOIN pg_attribute ta ON ta.attrelid = ix.indrelid AND ta.attnum = ix.indkey[ia.attnum - 1] AND ta.attnum > 0 WHERE ia.attrelid = ${index}.oid)`;
}
