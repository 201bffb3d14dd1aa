import type { Token } from "../script/tokens.ts";
import { canonicalText } from "./canonical-text.ts";
import type { ConstraintDefinition, KeyColumn, References } from "./table-definition.ts";
import { splitAtCommas, TokenCursor } from "./token-cursor.ts";

/** A constraint without its name and its place. */
export type ConstraintBody = Omit<ConstraintDefinition, "name" | "level" | "tokens">;

const plainBody = { columns: [], conflict: null, autoincrement: false, expression: [], references: null } as const;

/** Reads a constraint of a table behind its name, or null when none comes next. */
export function readTableConstraint(cursor: TokenCursor): ConstraintBody | null {
  if (cursor.skip("PRIMARY", "KEY")) return readTablePrimaryKey(cursor);
  if (cursor.skip("UNIQUE")) {
    const columns = readKeyColumns(cursor.parenthesised());
    return { ...plainBody, type: "unique", columns, conflict: readConflict(cursor) };
  }
  if (cursor.sees("CHECK")) return readCheck(cursor);
  if (!cursor.skip("FOREIGN", "KEY")) return null;
  const columns = readKeyColumns(cursor.parenthesised());
  cursor.require("REFERENCES");
  const references = readReferences(cursor);
  const deferrable = readDeferrable(cursor);
  return { ...plainBody, type: "foreign key", columns, references: { ...references, deferrable } };
}

/** Reads a constraint of one column behind its name, or null when none comes next. */
export function readColumnConstraint(cursor: TokenCursor, column: string): ConstraintBody | null {
  const own: KeyColumn = { name: column, collation: null, descending: false };
  if (cursor.skip("PRIMARY", "KEY")) {
    const descending = cursor.skip("DESC");
    if (!descending) cursor.skip("ASC");
    const conflict = readConflict(cursor);
    const autoincrement = cursor.skip("AUTOINCREMENT");
    return { ...plainBody, type: "primary key", columns: [{ ...own, descending }], conflict, autoincrement };
  }
  if (cursor.skip("UNIQUE")) return { ...plainBody, type: "unique", columns: [own], conflict: readConflict(cursor) };
  if (cursor.sees("CHECK")) return readCheck(cursor);
  if (!cursor.skip("REFERENCES")) return null;
  return { ...plainBody, type: "foreign key", columns: [own], references: readReferences(cursor) };
}

/** Reads `ON CONFLICT action`, or null. */
export function readConflict(cursor: TokenCursor): string | null {
  return cursor.skip("ON", "CONFLICT") ? cursor.take().text.toUpperCase() : null;
}

/** Reads `[NOT] DEFERRABLE [INITIALLY ...]` in canonical spelling, or null. */
export function readDeferrable(cursor: TokenCursor): string | null {
  const from = cursor.at;
  if (!cursor.skip("DEFERRABLE") && !cursor.skip("NOT", "DEFERRABLE")) return null;
  if (cursor.skip("INITIALLY")) cursor.take();
  return canonicalText(cursor.tokens.slice(from, cursor.at));
}

function readTablePrimaryKey(cursor: TokenCursor): ConstraintBody {
  const inside = cursor.parenthesised();
  const autoincrement = new TokenCursor(inside.slice(-1)).sees("AUTOINCREMENT");
  const columns = readKeyColumns(autoincrement ? inside.slice(0, -1) : inside);
  return { ...plainBody, type: "primary key", columns, conflict: readConflict(cursor), autoincrement };
}

function readCheck(cursor: TokenCursor): ConstraintBody {
  cursor.require("CHECK");
  const expression = cursor.parenthesised();
  return { ...plainBody, type: "check", expression, conflict: readConflict(cursor) };
}

function readKeyColumns(tokens: readonly Token[]): readonly KeyColumn[] {
  return splitAtCommas(tokens).map((part) => {
    const cursor = new TokenCursor(part);
    const name = cursor.name();
    const collation = cursor.skip("COLLATE") ? cursor.name() : null;
    return { name, collation, descending: cursor.skip("DESC") };
  });
}

function readReferences(cursor: TokenCursor): References {
  const table = cursor.name();
  const columns = cursor.seesPunctuation("(")
    ? readKeyColumns(cursor.parenthesised()).map((column) => column.name)
    : null;
  let references: References = {
    table,
    columns,
    onDelete: "NO ACTION",
    onUpdate: "NO ACTION",
    match: null,
    deferrable: null,
  };
  for (;;) {
    if (cursor.skip("ON", "DELETE")) references = { ...references, onDelete: readAction(cursor) };
    else if (cursor.skip("ON", "UPDATE")) references = { ...references, onUpdate: readAction(cursor) };
    else if (cursor.skip("ON", "INSERT")) readAction(cursor);
    else if (cursor.skip("MATCH")) references = { ...references, match: cursor.name().toUpperCase() };
    else return references;
  }
}

function readAction(cursor: TokenCursor): string {
  const first = cursor.take().text.toUpperCase();
  return first === "SET" || first === "NO" ? `${first} ${cursor.take().text.toUpperCase()}` : first;
}
