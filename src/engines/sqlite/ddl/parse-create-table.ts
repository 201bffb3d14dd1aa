import { isKeelsonError } from "../../../errors.ts";
import { isKeyword, type Token } from "../script/tokens.ts";
import { wholeTokens } from "./canonical-text.ts";
import { readColumnConstraint, readConflict, readDeferrable, readTableConstraint } from "./read-constraint.ts";
import type { ColumnDefinition, ConstraintDefinition, TableDefinition } from "./table-definition.ts";
import { TokenCursor } from "./token-cursor.ts";

/** Words that end a column's type; all other words may be part of one. */
const afterType = ["CONSTRAINT", "DEFAULT", "NULL", "NOT", "PRIMARY", "UNIQUE", "CHECK", "REFERENCES", "COLLATE", "AS"];

/** Words with which a constraint of a table begins; a column of that name is quoted. */
const beginsConstraint = ["CONSTRAINT", "PRIMARY", "UNIQUE", "CHECK", "FOREIGN"];

/** Takes a CREATE TABLE statement apart as SQLite's grammar has it, or returns null for any other text. */
export function parseCreateTable(sql: string): TableDefinition | null {
  try {
    return readTable(sql);
  } catch (error) {
    if (isKeelsonError(error, "internal")) return null;
    throw error;
  }
}

function readTable(sql: string): TableDefinition | null {
  const cursor = new TokenCursor(wholeTokens(sql));
  if (!cursor.skip("CREATE", "TABLE")) return null;
  cursor.skip("IF", "NOT", "EXISTS");
  const name = cursor.take();
  if (!cursor.seesPunctuation("(")) return null;
  const body = new TokenCursor(cursor.parenthesised());
  const columns: ColumnDefinition[] = [];
  const constraints: ConstraintDefinition[] = [];
  while (!body.done) {
    if (beginsConstraint.some((word) => body.sees(word))) constraints.push(...tableConstraint(body));
    else {
      const column = readColumn(body);
      columns.push(column);
      constraints.push(...column.constraints);
    }
    body.skipPunctuation(",");
  }
  return { sql, name, columns, constraints };
}

/** A name without a constraint behind it names nothing, which SQLite allows. */
function tableConstraint(cursor: TokenCursor): readonly ConstraintDefinition[] {
  const from = cursor.at;
  const name = cursor.skip("CONSTRAINT") ? cursor.name() : null;
  const body = readTableConstraint(cursor);
  if (body === null) return [];
  return [{ ...body, name, level: "table", tokens: cursor.tokens.slice(from, cursor.at) }];
}

function readColumn(cursor: TokenCursor): ColumnDefinition {
  const from = cursor.at;
  const name = cursor.name();
  skipType(cursor);
  let column: ColumnDefinition = {
    name,
    notNull: false,
    notNullConflict: null,
    collation: null,
    default: null,
    defaultVaries: false,
    generated: null,
    named: [],
    constraints: [],
    tokens: [],
  };
  while (!cursor.done && !cursor.seesPunctuation(",") && !beginsTableConstraint(cursor)) {
    column = readPart(cursor, column);
  }
  return { ...column, tokens: cursor.tokens.slice(from, cursor.at) };
}

/** The comma before a table's constraint may be missing; FOREIGN KEY is the one that no column can have. */
function beginsTableConstraint(cursor: TokenCursor): boolean {
  return cursor.sees("FOREIGN", "KEY");
}

function skipType(cursor: TokenCursor): void {
  const isTypeWord = (): boolean => {
    const token = cursor.peek();
    if (token === undefined || (token.kind !== "word" && token.kind !== "quoted" && token.kind !== "string")) {
      return false;
    }
    return !afterType.some((word) => isKeyword(token, word)) && !cursor.sees("GENERATED", "ALWAYS");
  };
  while (isTypeWord()) cursor.take();
  if (cursor.seesPunctuation("(")) cursor.parenthesised();
}

/** Reads one clause of a column, with its name if it has one. */
function readPart(cursor: TokenCursor, column: ColumnDefinition): ColumnDefinition {
  const from = cursor.at;
  const name = cursor.skip("CONSTRAINT") ? cursor.name() : null;
  const named = (what: string): readonly string[] =>
    name === null ? column.named : [...column.named, `${what} ${name}`];
  if (cursor.skip("DEFAULT")) return { ...column, ...readDefault(cursor), named: named("default") };
  if (cursor.skip("NOT", "NULL")) {
    return { ...column, notNull: true, notNullConflict: readConflict(cursor), named: named("not null") };
  }
  if (cursor.skip("NULL")) {
    readConflict(cursor);
    return { ...column, named: named("null") };
  }
  if (cursor.skip("COLLATE")) return { ...column, collation: cursor.name(), named: named("collate") };
  if (cursor.skip("GENERATED", "ALWAYS", "AS") || cursor.skip("AS")) {
    const expression = cursor.parenthesised();
    const stored = cursor.skip("STORED");
    if (!stored) cursor.skip("VIRTUAL");
    return { ...column, generated: { expression, stored }, named: named("generated") };
  }
  const body = readColumnConstraint(cursor, column.name);
  if (body !== null) {
    const constraint: ConstraintDefinition = {
      ...body,
      name,
      level: "column",
      tokens: cursor.tokens.slice(from, cursor.at),
    };
    return { ...column, constraints: [...column.constraints, constraint] };
  }
  const deferrable = readDeferrable(cursor);
  if (deferrable !== null) return withDeferrable(column, deferrable, cursor.tokens.slice(from, cursor.at));
  // A name that nothing follows is no part of anything.
  if (name === null) cursor.require("CONSTRAINT");
  return column;
}

function readDefault(cursor: TokenCursor): Pick<ColumnDefinition, "default" | "defaultVaries"> {
  if (cursor.seesPunctuation("(")) return { default: cursor.parenthesised(), defaultVaries: true };
  const from = cursor.at;
  if (!cursor.skipPunctuation("-")) cursor.skipPunctuation("+");
  const value = cursor.take();
  const varies = ["CURRENT_TIME", "CURRENT_DATE", "CURRENT_TIMESTAMP"].some((word) => isKeyword(value, word));
  return { default: cursor.tokens.slice(from, cursor.at), defaultVaries: varies };
}

/** SQLite reads the clause on its own and gives it to the foreign key before it. */
function withDeferrable(column: ColumnDefinition, deferrable: string, tokens: readonly Token[]): ColumnDefinition {
  const at = column.constraints.findLastIndex((constraint) => constraint.references !== null);
  const constraints = column.constraints.map((constraint, index) =>
    index !== at || constraint.references === null
      ? constraint
      : {
          ...constraint,
          references: { ...constraint.references, deferrable },
          tokens: [...constraint.tokens, ...tokens],
        },
  );
  return { ...column, constraints };
}
