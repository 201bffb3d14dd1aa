/** Something with a name whose SQL may name others of its kind. */
export interface NamingOthers {
  readonly name: string;
  readonly sql: string;
}

/**
 * Puts views after the views whose names stand in their queries, keeping their order otherwise. A name that only looks
 * like one costs nothing but another order; views that name each other in a circle stay as they are.
 */
export function orderViews<View extends NamingOthers>(views: readonly View[]): readonly View[] {
  const ordered = new Set<View>();
  const waiting = new Set<View>();
  const place = (view: View): void => {
    if (ordered.has(view) || waiting.has(view)) return;
    waiting.add(view);
    for (const other of views) if (other !== view && names(view.sql, other.name)) place(other);
    waiting.delete(view);
    ordered.add(view);
  };
  for (const view of views) place(view);
  return [...ordered];
}

function names(sql: string, name: string): boolean {
  for (let at = sql.indexOf(name); at >= 0; at = sql.indexOf(name, at + 1)) {
    if (!isWord(sql[at - 1]) && !isWord(sql[at + name.length])) return true;
  }
  return false;
}

function isWord(character: string | undefined): boolean {
  return character !== undefined && /[\p{L}\p{N}_$]/u.test(character);
}
