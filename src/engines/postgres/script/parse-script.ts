import type { Node } from "@pgsql/types";
import { KeelsonError } from "../../../errors.ts";
import type { ParsedStatement } from "../../engine.ts";
import { utf16Index } from "../session/script-text.ts";
import { destroyedRows } from "./destroyed-rows.ts";
import { loadParser, type ScriptParser, syntaxFailure } from "./load-parser.ts";
import { addedValueIsUsed, mayCommit, setsSession, statementMode } from "./statement-mode.ts";

interface Cut {
  readonly node: Node;
  readonly sql: string;
  readonly offset: number;
}

/**
 * Cuts a script into statements with PostgreSQL's own grammar. A script of nothing but comments gives none; a text that
 * the grammar refuses is `revision.syntax` with line and column, and so is what only psql understands.
 */
export async function parseScript(script: string): Promise<readonly ParsedStatement[]> {
  if (script.trim() === "") return [];
  const parse = await loadParser();
  const cuts = cutStatements(parse, script);
  const lines = lineCounter(script);
  return cuts.map((cut, index) => {
    const line = lines(cut.offset);
    refuseClientData(cut, line);
    return {
      sql: cut.sql,
      offset: cut.offset,
      line,
      mode: addedValueIsUsed(cuts, index) ? "autocommit" : statementMode(cut.node),
      mayCommit: mayCommit(cut.node),
      setsSession: setsSession(cut.node),
      destroys: destroyedRows(cut.node),
    };
  });
}

function cutStatements(parse: ScriptParser, script: string): readonly Cut[] {
  // The parser takes C strings: it would stop at a NUL in silence.
  const nul = script.indexOf("\0");
  if (nul >= 0) throw syntaxError(script, nul, "the script contains a NUL character");
  const text = script.replace(/^\uFEFF/, " ");
  let statements: ReturnType<ScriptParser>["stmts"];
  try {
    statements = parse(text).stmts;
  } catch (error) {
    const failure = syntaxFailure(error);
    if (failure === null) throw error;
    throw refusedText(text, utf16Index(text, failure.characters), failure.message);
  }
  const index = byteIndex(text);
  return (statements ?? []).flatMap(({ stmt, stmt_location = 0, stmt_len }) => {
    if (stmt === undefined) return [];
    const start = index(stmt_location);
    const whole = text.slice(start, stmt_len === undefined ? undefined : index(stmt_location + stmt_len));
    const lead = whole.length - whole.trimStart().length;
    return [{ node: stmt, sql: whole.trim(), offset: start + lead }];
  });
}

/** Turns the parser's offsets, which count UTF-8 bytes and only grow, into indexes of the text. */
function byteIndex(text: string): (bytes: number) => number {
  const encoded = Buffer.from(text, "utf8");
  if (encoded.length === text.length) return (bytes) => bytes;
  let [byteAt, indexAt] = [0, 0];
  return (bytes) => {
    if (bytes < byteAt) [byteAt, indexAt] = [0, 0];
    indexAt += encoded.toString("utf8", byteAt, bytes).length;
    byteAt = bytes;
    return indexAt;
  };
}

/** Tells the line of growing offsets without counting from the start each time. */
function lineCounter(text: string): (offset: number) => number {
  let [line, at] = [1, 0];
  return (offset) => {
    for (; at < offset; at += 1) if (text.charCodeAt(at) === 10) line += 1;
    return line;
  };
}

function refuseClientData(cut: Cut, line: number): void {
  if (!("CopyStmt" in cut.node)) return;
  const { is_from, is_program, filename } = cut.node.CopyStmt;
  if (is_from !== true || is_program === true || filename !== undefined) return;
  throw new KeelsonError("revision.syntax", `Line ${line}: ${copyProblem}`, {
    hint: copyHint,
    details: { line, column: 1 },
  });
}

const copyProblem = "COPY ... FROM STDIN takes its rows from a client, which a revision has none of.";
const copyHint = "Write the rows as INSERT statements (pg_dump does with --inserts or --rows-per-insert=100).";

function refusedText(text: string, at: number, message: string): KeelsonError {
  if (/\bcopy\b[^;]*\bfrom\s+stdin\b[^;]*;\s*$/i.test(text.slice(0, at))) {
    const copy = text.slice(0, at).search(/\bcopy\b[^;]*\bfrom\s+stdin\b[^;]*;\s*$/i);
    return syntaxError(text, copy, copyProblem.replace(/\.$/, ""), copyHint);
  }
  const command = /^\\\S*/.exec(text.slice(at))?.[0];
  if (command !== undefined && command.length > 1) {
    return syntaxError(
      text,
      at,
      `${command} is a command of psql, not SQL`,
      "Remove it; a file that was written by pg_dump needs no such line here.",
    );
  }
  return syntaxError(text, at, message);
}

function syntaxError(text: string, at: number, message: string, hint?: string): KeelsonError {
  const before = text.slice(0, at);
  const line = before.split("\n").length;
  const column = [...before.slice(before.lastIndexOf("\n") + 1)].length + 1;
  return new KeelsonError("revision.syntax", `Line ${line}, column ${column}: ${message}.`, {
    hint: hint ?? "Correct the SQL; it is read by PostgreSQL 18's own grammar.",
    details: { line, column },
  });
}
