/** From here on, rows are not counted further: a person decides the same whether there are a million or ten. */
const enough = 1_000_000;

/** How many rows a query that counts them has to look at. */
export const mostCounted = enough + 1;

/** How much would be lost, in words after those that say of what: `(12 rows)`. */
export function lostRowsText(count: number, what: "row" | "value"): string {
  if (count > enough) return `(more than ${enough.toLocaleString("en")} ${what}s)`;
  if (count === 0) return `(no ${what}s)`;
  return `(${count.toLocaleString("en")} ${what}${count === 1 ? "" : "s"})`;
}
