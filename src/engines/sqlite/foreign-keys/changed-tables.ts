import { afterKeywords, findKeyword, tableAt, verbAt } from "../script/statement-tokens.ts";
import { isKeyword, nameOf, readTokens, type Token } from "../script/tokens.ts";

/** The tables, by name in lower case, that statements may have changed; `all` where a statement does not say which. */
export interface ChangedTables {
  readonly all: boolean;
  readonly names: ReadonlySet<string>;
  /** Triggers may have come or gone, also with a table. */
  readonly triggers: boolean;
}

const insertInto = ["INSERT", "OR?", "REPLACE?", "ROLLBACK?", "ABORT?", "FAIL?", "IGNORE?", "INTO"];

/** Beginnings of statements that change neither rows nor what a foreign key means. */
const harmless: readonly (readonly string[])[] = [
  ["SELECT"],
  ["VALUES"],
  ["EXPLAIN"],
  ["PRAGMA"],
  ["BEGIN"],
  ["COMMIT"],
  ["END"],
  ["ROLLBACK"],
  ["SAVEPOINT"],
  ["RELEASE"],
  ["ANALYZE"],
  ["REINDEX"],
  ["VACUUM"],
  ["ATTACH"],
  ["DETACH"],
  ["CREATE", "UNIQUE?", "INDEX"],
  ["CREATE", "TEMP?", "TEMPORARY?", "VIEW"],
  ["DROP", "VIEW"],
];

/** Collects what statements may have changed, never too little. What triggers change is not in it. */
export function changedTables(statements: readonly string[]): ChangedTables {
  const names = new Set<string>();
  let all = false;
  let triggers = false;
  for (const sql of statements) {
    const tokens = [...readTokens(sql)];
    const changed = changedBy(tokens);
    if (changed === null) all = true;
    else for (const name of changed) names.add(name);
    const redefines = ["DROP", "ALTER"].some((keyword) => isKeyword(tokens[0], keyword));
    triggers ||= redefines || isTrigger(tokens);
  }
  return { all, names, triggers };
}

/** Every name that a trigger's text holds: a superset of the tables that it changes. */
export function namesIn(sql: string): readonly string[] {
  return [...readTokens(sql)]
    .filter((token) => token.kind === "word" || token.kind === "quoted" || token.kind === "string")
    .map(nameOf);
}

/** The tables that one statement may change, or null when it could be any. */
function changedBy(tokens: readonly Token[]): readonly string[] | null {
  const verb = verbAt(tokens);
  const into =
    afterKeywords(tokens, verb, ...insertInto) ??
    afterKeywords(tokens, verb, "REPLACE", "INTO") ??
    afterKeywords(tokens, verb, "DELETE", "FROM") ??
    afterKeywords(tokens, verb, "UPDATE", "OR?", "REPLACE?", "ROLLBACK?", "ABORT?", "FAIL?", "IGNORE?") ??
    afterKeywords(tokens, 0, "CREATE", "TEMP?", "TEMPORARY?", "VIRTUAL?", "TABLE", "IF?", "NOT?", "EXISTS?") ??
    afterKeywords(tokens, 0, "DROP", "TABLE", "IF?", "EXISTS?");
  if (into !== null) return [tableAt(tokens, into).name];
  const altered = afterKeywords(tokens, 0, "ALTER", "TABLE");
  if (altered !== null) return alteredNames(tokens, altered);
  if (tokens.length === 0 || isTrigger(tokens)) return [];
  const known = harmless.some((keywords) => afterKeywords(tokens, verb, ...keywords) !== null);
  return known ? [] : null;
}

function alteredNames(tokens: readonly Token[], altered: number): readonly string[] {
  const table = tableAt(tokens, altered);
  const renamed = findKeyword(tokens, table.next, "RENAME");
  const to = renamed === -1 ? null : afterKeywords(tokens, renamed, "RENAME", "TO");
  return to === null ? [table.name] : [table.name, nameOf(tokens[to])];
}

function isTrigger(tokens: readonly Token[]): boolean {
  return (
    afterKeywords(tokens, 0, "CREATE", "TEMP?", "TEMPORARY?", "TRIGGER") !== null ||
    afterKeywords(tokens, 0, "DROP", "TRIGGER") !== null
  );
}
