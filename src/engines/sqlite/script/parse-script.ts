import { KeelsonError } from "../../../errors.ts";
import type { ParsedStatement } from "../../engine.ts";
import { destroyedRows } from "./destroyed-rows.ts";
import { afterKeywords, readPragma } from "./statement-tokens.ts";
import { isKeyword, isPunctuation, readTokens, type Token } from "./tokens.ts";

/** Pragmas that SQLite ignores or refuses inside a transaction, so that they must precede it. */
const settingPragmas = new Set(["foreign_keys", "synchronous", "temp_store", "locking_mode"]);

/** Pragmas that change the file itself and can't be part of a transaction. */
const filePragmas = new Set(["journal_mode", "auto_vacuum", "page_size"]);

/**
 * Cuts a script into statements exactly where SQLite ends them, and says how each must be run. Throws `revision.syntax`
 * for what never ends (a string, a quoted name, a comment, a trigger's body), for commands of the `sqlite3` program,
 * and for NUL characters, at which SQLite would stop reading in silence.
 */
export function parseScript(script: string): readonly ParsedStatement[] {
  const nul = script.indexOf("\0");
  if (nul !== -1)
    throw syntaxProblem(script, nul, "A NUL character ends the script in the middle.", "Remove the character.");
  const pieces = cutStatements(script);
  const destroys = destroyedRows(pieces);
  const lineAt = lineCounter(script);
  return pieces.map((tokens, index) => {
    const [first] = tokens;
    const last = tokens.at(-1);
    if (first === undefined || last === undefined) throw new KeelsonError("internal", "A statement has no tokens.");
    if (isPunctuation(first, ".")) throw dotCommand(script, first.start);
    return {
      sql: script.slice(first.start, last.end),
      offset: first.start,
      line: lineAt(first.start),
      mode: statementMode(tokens),
      mayCommit: false,
      destroys: destroys[index] ?? null,
    };
  });
}

/** Collects the tokens of each statement; empty statements are left out. */
function cutStatements(script: string): readonly (readonly Token[])[] {
  const pieces: (readonly Token[])[] = [];
  let tokens: Token[] = [];
  for (const token of readTokens(script)) {
    if (token.kind === "unterminated") throw unterminated(script, token);
    if (token.kind !== "semicolon" || inTriggerBody(tokens)) tokens.push(token);
    else {
      if (tokens.length > 0) pieces.push(tokens);
      tokens = [];
    }
  }
  const [first] = tokens;
  if (first !== undefined) {
    if (inTriggerBody(tokens)) {
      throw syntaxProblem(
        script,
        first.start,
        "A trigger's body has no END.",
        "Write END; after the last statement of the body.",
      );
    }
    pieces.push(tokens);
  }
  return pieces;
}

/**
 * Whether a semicolon after these tokens belongs to a trigger. A body's END follows a semicolon, which the END of a CASE
 * never does, so that no expression has to be understood.
 */
function inTriggerBody(tokens: readonly Token[]): boolean {
  const explained = afterKeywords(tokens, 0, "EXPLAIN?", "QUERY?", "PLAN?") ?? 0;
  const named = afterKeywords(tokens, explained, "CREATE", "TEMP?", "TEMPORARY?", "TRIGGER");
  if (named === null) return false;
  const ended = isKeyword(tokens.at(-1), "END") && tokens.at(-2)?.kind === "semicolon";
  return !ended && tokens.some((token, index) => index > named && isKeyword(token, "BEGIN"));
}

/** How a statement must be run. EXPLAIN only describes the statement behind it. */
function statementMode(tokens: readonly Token[]): ParsedStatement["mode"] {
  const [first] = tokens;
  const is = (...keywords: readonly string[]) => keywords.some((keyword) => isKeyword(first, keyword));
  if (is("BEGIN", "COMMIT", "END")) return "control";
  if (is("ROLLBACK")) return afterKeywords(tokens, 1, "TRANSACTION?", "TO") === null ? "control" : "transactional";
  if (is("VACUUM", "ATTACH", "DETACH")) return "autocommit";
  const pragma = readPragma(tokens);
  if (pragma === null) return "transactional";
  if (pragma.name === "wal_checkpoint") return "autocommit";
  if (pragma.value === null) return "transactional";
  if (settingPragmas.has(pragma.name)) return "setting";
  return filePragmas.has(pragma.name) ? "autocommit" : "transactional";
}

function unterminated(script: string, token: Token): KeelsonError {
  const comment = token.text.startsWith("/*");
  const what = comment
    ? "A comment"
    : token.text.startsWith("'") || /^x'/i.test(token.text)
      ? "A string"
      : "A quoted name";
  const close = comment
    ? "*/"
    : token.text.startsWith("[")
      ? "]"
      : /^x'/i.test(token.text)
        ? "'"
        : token.text.charAt(0);
  return syntaxProblem(script, token.start, `${what} begins here and never ends.`, `Close it with ${close}`);
}

function dotCommand(script: string, offset: number): KeelsonError {
  const [command] = script.slice(offset).split(/[\s;]/, 1);
  return syntaxProblem(
    script,
    offset,
    `\`${command}\` is a command of the sqlite3 program, not SQL.`,
    "Remove the line, or write what it does as SQL.",
  );
}

/** A `revision.syntax` error that names its line and the place in the script. */
export function syntaxProblem(script: string, offset: number, message: string, hint: string): KeelsonError {
  return new KeelsonError("revision.syntax", message, { hint, details: { line: lineCounter(script)(offset), offset } });
}

/** Counts lines from 1; linear over calls with growing offsets. */
function lineCounter(script: string): (offset: number) => number {
  let line = 1;
  let from = 0;
  return (offset) => {
    for (let at = script.indexOf("\n", from); at !== -1 && at < offset; at = script.indexOf("\n", at + 1)) {
      line++;
      from = at + 1;
    }
    return line;
  };
}
