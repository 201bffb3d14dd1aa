import { afterKeywords, findKeyword, tableAt } from "./statement-tokens.ts";
import { isKeyword, isPunctuation, readTokens, type Token } from "./tokens.ts";

/** Something that SQLite could not do at first. */
interface Novelty {
  /** The minor version of SQLite 3 with which it came. */
  readonly minor: number;
  readonly isIn: (tokens: readonly Token[]) => boolean;
}

/** The oldest that knows what Keelson itself writes. */
const oldest = 35;

const novelties: readonly Novelty[] = [
  { minor: 53, isIn: altersConstraint },
  { minor: 45, isIn: (tokens) => tokens.some((token, at) => isCall(tokens, at) && /^jsonb/i.test(token.text)) },
  { minor: 44, isIn: (tokens) => callsOneOf(tokens, ["concat", "concat_ws", "string_agg"]) },
  { minor: 39, isIn: (tokens) => joinsRightOrFull(tokens) || follow(tokens, "IS", "NOT?", "DISTINCT", "FROM") },
  { minor: 38, isIn: (tokens) => tokens.some((token, at) => isPunctuation(token, "-") && isArrow(tokens, at)) },
  { minor: 38, isIn: (tokens) => callsOneOf(tokens, ["unixepoch"]) },
  { minor: 37, isIn: (tokens) => afterKeywords(tokens, 0, "CREATE", "TABLE") !== null && isStrict(tokens) },
];

/** The oldest version of SQLite that knows the syntax of all these statements: `3.53`. */
export function neededVersion(statements: readonly string[]): string {
  let minor = oldest;
  for (const statement of statements) {
    const tokens = [...readTokens(statement)];
    for (const novelty of novelties) if (novelty.minor > minor && novelty.isIn(tokens)) minor = novelty.minor;
  }
  return `3.${minor}`;
}

/** ADD COLUMN is as old as ALTER TABLE; constraints and NOT NULL were added and dropped by rebuilds for long. */
function altersConstraint(tokens: readonly Token[]): boolean {
  const altered = afterKeywords(tokens, 0, "ALTER", "TABLE");
  if (altered === null) return false;
  const { next } = tableAt(tokens, altered);
  const behind = [["ALTER"], ["DROP", "CONSTRAINT"], ["ADD", "CONSTRAINT"], ["ADD", "CHECK"]];
  return behind.some((keywords) => afterKeywords(tokens, next, ...keywords) !== null);
}

function joinsRightOrFull(tokens: readonly Token[]): boolean {
  return ["RIGHT", "FULL"].some((side) => follow(tokens, side, "OUTER?", "JOIN"));
}

function isStrict(tokens: readonly Token[]): boolean {
  const options = findKeyword(tokens, tokens.findLastIndex((token) => isPunctuation(token, ")")) + 1, "STRICT");
  return options !== -1;
}

function follow(tokens: readonly Token[], ...keywords: readonly string[]): boolean {
  return tokens.some((_, at) => afterKeywords(tokens, at, ...keywords) !== null);
}

function callsOneOf(tokens: readonly Token[], names: readonly string[]): boolean {
  return tokens.some((token, at) => isCall(tokens, at) && names.some((name) => isKeyword(token, name.toUpperCase())));
}

function isCall(tokens: readonly Token[], at: number): boolean {
  return tokens[at]?.kind === "word" && isPunctuation(tokens[at + 1], "(");
}

/** `->` and `->>`, without a blank in them. */
function isArrow(tokens: readonly Token[], at: number): boolean {
  const next = tokens[at + 1];
  return isPunctuation(next, ">") && next?.start === tokens[at]?.end;
}
