import type { Catalog } from "../catalog/catalog.ts";
import { splitOutsideQuotes } from "../catalog/object-id.ts";
import { nameables, writtenName } from "../diff/nameables.ts";
import { isEndOf, readDropped, readName, type WrittenName } from "../diff/read-rename.ts";
import { kindWords, type Rename, type RenameKind } from "../diff/renames.ts";
import { resolveRenames } from "../diff/resolve-renames.ts";
import { isKeelsonError, KeelsonError } from "../errors.ts";
import type { Ambiguity } from "../plan/plan.ts";

/** What a caller may say about what has another name in the models. */
export interface RenameOptions {
  /** `old:new`, each a table, a column or anything else with a name: `users:people`, `users.mail:users.email`. */
  readonly renames?: readonly string[];
  /** What went and is nothing under another name; what is in it goes with it. */
  readonly drops?: readonly string[];
  /** A file with more of both. */
  readonly renamesFile?: string;
  /** Where the file is looked for. */
  readonly cwd?: string;
  /** Asked where none of them says: the new name, or null when what went is to be dropped. */
  readonly answerRename?: (question: Ambiguity) => Promise<string | null>;
}

/** Whether questions are answered, or only reported. */
export type Questions = "answered" | "left open";

interface Dropped {
  readonly text: string;
  readonly kind: RenameKind | null;
  readonly name: WrittenName;
}

/** What was said about renames, over all dialects of a project; each text has to fit at least one of them. */
export class RenameAnswers {
  readonly #texts: string[];
  readonly #dropped: Dropped[];
  readonly #answer: RenameOptions["answerRename"];
  readonly #fitting = new Set<string>();
  readonly #failures = new Map<string, KeelsonError>();

  /** Whether a plan may be made although questions are open. */
  readonly leavesOpen: boolean;

  constructor(options: Pick<RenameOptions, "renames" | "drops" | "answerRename">, questions: Questions = "answered") {
    this.leavesOpen = questions === "left open";
    this.#texts = [...(options.renames ?? [])];
    this.#dropped = (options.drops ?? []).map((text) => ({ text, ...readDropped(text) }));
    this.#answer = options.answerRename;
  }

  /** The renames between two catalogs; texts that fit neither are remembered for `refuseUnused`. */
  resolve(current: Catalog, desired: Catalog): readonly Rename[] {
    // SQLite has no schemas, so a name that was written for PostgreSQL loses its own there.
    const written = new Map(
      this.#texts.map((text) => [desired.dialect === "sqlite" ? withoutSchemas(text) : text, text]),
    );
    this.#markDropped(current);
    for (;;) {
      try {
        const found = resolveRenames([...written.keys()], current, desired);
        for (const text of written.values()) this.#fitting.add(text);
        return found;
      } catch (error) {
        const text = isKeelsonError(error, "usage.invalid") ? String(error.details["rename"]) : "";
        const original = written.get(text);
        if (!isKeelsonError(error) || original === undefined) throw error;
        this.#failures.set(original, error);
        written.delete(text);
      }
    }
  }

  #markDropped(current: Catalog): void {
    const open = this.#dropped.filter(({ text }) => !this.#fitting.has(text));
    if (open.length === 0) return;
    for (const one of nameables(current)) {
      const name = readName(writtenName(one.id, current));
      for (const dropped of open) if (fits(dropped, one.kind, name)) this.#fitting.add(dropped.text);
    }
  }

  /** Whether it was said that this went for good, or what it was in. */
  isDropped({ kind, from }: Pick<Ambiguity, "kind" | "from">): boolean {
    const name = readName(from);
    return this.#dropped.some((dropped) => fits(dropped, kind, name) || isInside(name, dropped));
  }

  /** Takes an answer to the first question, which may settle others; `plan.ambiguous` where there is nobody to ask. */
  async ask(questions: readonly Ambiguity[]): Promise<void> {
    const [question] = questions;
    if (question === undefined) return;
    if (this.#answer === undefined) throw ambiguous(questions);
    const answer = await this.#answer(question);
    if (answer === null) {
      const text = dropText(question);
      this.#dropped.push({ text, ...readDropped(text) });
    } else this.#texts.push(renameText(question, answer));
  }

  /** Throws `usage.invalid` for what fitted no dialect: a name that is misspelt must not pass in silence. */
  refuseUnused(): void {
    for (const text of this.#texts) {
      const failure = this.#failures.get(text);
      if (!this.#fitting.has(text) && failure !== undefined) throw failure;
    }
    for (const { text } of this.#dropped) {
      if (this.#fitting.has(text)) continue;
      throw new KeelsonError("usage.invalid", `--drop ${text}: the history makes nothing of that name.`, {
        hint: "Name what went, as the question does: users, or users.mail.",
        details: { name: text },
      });
    }
  }
}

/** SQLite has no schemas: a name that was written for PostgreSQL is known there without its own. */
function fits(dropped: Dropped, kind: RenameKind, name: WrittenName): boolean {
  if (dropped.kind !== null && dropped.kind !== kind) return false;
  const [schema, ...parts] = dropped.name.parts;
  // What a part is in is never left out: a table that is dropped says nothing of a column of its name.
  if (parts.length === 0 && (kind === "column" || kind === "enum-value" || kind === "attribute")) return false;
  return isEndOf(dropped.name, name) || (schema === "public" && isEndOf(name, { ...dropped.name, parts }));
}

/** What stands in a schema that goes for good was not moved elsewhere. */
function isInside(name: WrittenName, { kind, name: whole }: Dropped): boolean {
  if (kind !== null && kind !== "schema") return false;
  return whole.parts.length < name.parts.length && whole.parts.every((part, index) => part === name.parts[index]);
}

/** A written rename as SQLite has it; the kind in front stays. */
function withoutSchemas(rename: string): string {
  const all = splitOutsideQuotes(rename, ":");
  const kind = all.length === 3 ? all.slice(0, 1) : [];
  const sides = all.slice(kind.length).map((side) => splitOutsideQuotes(side, "."));
  const longest = Math.max(...sides.map((side) => side.length));
  return longest < 3 && !sides.every((side) => side.length === 2 && side[0] === "public")
    ? rename
    : [...kind, ...sides.map((side) => side.slice(1).join("."))].join(":");
}

function ambiguous(ambiguities: readonly Ambiguity[]): KeelsonError {
  const questions = ambiguities.map((ambiguity) => ({ ...ambiguity, answers: answersTo(ambiguity) }));
  const [first] = questions;
  const list = questions.map(
    ({ kind, from, to }) => `  ${kindWords(kind)} ${from}: renamed to ${to.join(", or to ")}, or dropped?`,
  );
  return new KeelsonError(
    "plan.ambiguous",
    ["What went may be what came under another name, and nobody said. Nothing was written.", ...list].join("\n"),
    { hint: `Answer each, for example ${(first?.answers ?? []).join(" or ")}`, details: { questions } },
  );
}

function answersTo(question: Ambiguity): readonly string[] {
  return [
    ...question.to.map((name) => `--rename ${forShell(renameText(question, name))}`),
    `--drop ${forShell(dropText(question))}`,
  ];
}

/** Names of tables and columns are known for what they are; with anything else its kind is said. */
function renameText({ kind, from }: Ambiguity, to: string): string {
  return kind === "table" || kind === "column" ? `${from}:${to}` : `${kind}:${from}:${to}`;
}

function dropText({ kind, from }: Ambiguity): string {
  return kind === "table" || kind === "column" ? from : `${kind}:${from}`;
}

/** One word of a command line, in a form that every shell of Unix reads. */
function forShell(text: string): string {
  return /^[\w.:,/-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
