import type { Catalog } from "../catalog/catalog.ts";
import { plainPart, splitOutsideQuotes } from "../catalog/object-id.ts";
import type { Rename } from "../diff/renames.ts";
import { resolveRenames } from "../diff/resolve-renames.ts";
import type { Engine } from "../engines/engine.ts";
import { isKeelsonError, KeelsonError } from "../errors.ts";
import type { Ambiguity, Plan } from "../plan/plan.ts";
import type { WayBack } from "../plan/section-text.ts";
import { planWithRenames, type RenamingRequest } from "./plan-with-renames.ts";

/** What a caller may say about tables and columns that have another name in the models. */
export interface RenameOptions {
  /** `old:new`, each a table or a column: `users:people`, `users.mail:users.email`. */
  readonly renames?: readonly string[];
  /** Tables and columns that went and are nothing under another name. */
  readonly drops?: readonly string[];
  /** Asked where neither says: the new name, or null when what went is to be dropped. */
  readonly answerRename?: (question: Ambiguity) => Promise<string | null>;
}

/** The way there and the way back between two catalogs. */
export interface DraftPlan {
  readonly up: Plan;
  readonly back: WayBack;
  /** Questions that were left open: what went is dropped in this plan. */
  readonly questions: readonly Ambiguity[];
}

/** What is needed to draft: the same engine has to have read both catalogs. */
export interface DraftRequest {
  readonly engine: Pick<Engine, "planChanges">;
  readonly current: Catalog;
  readonly desired: Catalog;
  readonly renames: RenameAnswers;
  /** What each side becomes when some statements ran on it. */
  readonly after: {
    readonly current: RenamingRequest["after"];
    readonly desired: RenamingRequest["after"];
  };
}

/**
 * Plans the way from one catalog to another and back. Throws `plan.ambiguous` with every question that nobody answered.
 */
export async function draftPlan(request: DraftRequest): Promise<DraftPlan> {
  const { engine, current, desired, renames, after } = request;
  for (;;) {
    const known = renames.resolve(current, desired);
    const up = await planWithRenames({ engine, from: current, to: desired, renames: known, after: after.current });
    const open = up.ambiguities.filter((ambiguity) => !renames.isDropped(ambiguity.from));
    if (open.length === 0 || renames.leavesOpen) {
      return { up, back: await planBack(request, known), questions: open };
    }
    await renames.ask(open);
  }
}

async function planBack(request: DraftRequest, renames: readonly Rename[]): Promise<WayBack> {
  const { engine, current, desired, after } = request;
  const reversed = renames.map(({ kind, from, to }): Rename => ({ kind, from: to, to: from }));
  try {
    const plan = await planWithRenames({
      engine,
      from: desired,
      to: current,
      renames: reversed,
      after: after.desired,
    });
    return { plan };
  } catch (error) {
    if (!isKeelsonError(error, "plan.impossible")) throw error;
    return { impossible: error.message };
  }
}

/** Whether questions are answered, or only reported. */
export type Questions = "answered" | "left open";

/** What was said about renames, over all dialects of a project; each text has to fit at least one of them. */
export class RenameAnswers {
  readonly #texts: string[];
  readonly #dropped: string[];
  readonly #answer: RenameOptions["answerRename"];
  readonly #fitting = new Set<string>();
  readonly #failures = new Map<string, KeelsonError>();

  /** Whether a plan may be made although questions are open. */
  readonly leavesOpen: boolean;

  constructor(options: RenameOptions, questions: Questions = "answered") {
    this.leavesOpen = questions === "left open";
    this.#texts = [...(options.renames ?? [])];
    this.#dropped = [...(options.drops ?? [])];
    this.#answer = options.answerRename;
  }

  /** The renames between two catalogs; texts that fit neither are remembered for `refuseUnused`. */
  resolve(current: Catalog, desired: Catalog): readonly Rename[] {
    // SQLite has no schemas, so a name that was written for PostgreSQL loses its own there.
    const written = new Map(
      this.#texts.map((text) => [desired.dialect === "sqlite" ? withoutSchemas(text) : text, text]),
    );
    for (const text of this.#dropped) {
      if (current.objects.some(({ name }) => nameEnds(name, text) || nameEnds(text, name))) this.#fitting.add(text);
    }
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

  /** Whether it was said that this name went for good. */
  isDropped(name: string): boolean {
    return this.#dropped.some((text) => nameEnds(name, text) || nameEnds(text, name));
  }

  /** Takes an answer to the first question, which may settle others; `plan.ambiguous` where there is nobody to ask. */
  async ask(questions: readonly Ambiguity[]): Promise<void> {
    const [question] = questions;
    if (question === undefined) return;
    if (this.#answer === undefined) throw ambiguous(questions);
    const answer = await this.#answer(question);
    if (answer === null) this.#dropped.push(question.from);
    else this.#texts.push(`${question.from}:${answer}`);
  }

  /** Throws `usage.invalid` for what fitted no dialect: a name that is misspelt must not pass in silence. */
  refuseUnused(): void {
    for (const text of this.#texts) {
      const failure = this.#failures.get(text);
      if (!this.#fitting.has(text) && failure !== undefined) throw failure;
    }
    for (const text of this.#dropped) {
      if (this.#fitting.has(text)) continue;
      throw new KeelsonError("usage.invalid", `--drop ${text}: the history makes no table or column of that name.`, {
        hint: "Name what went, as the question does: users, or users.mail.",
        details: { name: text },
      });
    }
  }
}

/** Whether a full name ends with the parts of a written one: `users.mail` is the end of `public.users.mail`. */
function nameEnds(full: string, written: string): boolean {
  const parts = splitOutsideQuotes(full, ".").map(plainPart);
  const end = splitOutsideQuotes(written.trim(), ".").map(plainPart);
  return end.length <= parts.length && end.every((part, index) => part === parts[parts.length - end.length + index]);
}

function withoutSchemas(rename: string): string {
  const sides = splitOutsideQuotes(rename, ":").map((side) => splitOutsideQuotes(side, "."));
  const longest = Math.max(...sides.map((side) => side.length));
  return longest < 3 && !sides.every((side) => side.length === 2 && side[0] === "public")
    ? rename
    : sides.map((side) => side.slice(1).join(".")).join(":");
}

function ambiguous(ambiguities: readonly Ambiguity[]): KeelsonError {
  const questions = ambiguities.map((ambiguity) => ({ ...ambiguity, answers: answersTo(ambiguity) }));
  const [first] = questions;
  const list = questions.map(
    ({ kind, from, to }) => `  ${kind} ${from}: renamed to ${to.join(", or to ")}, or dropped?`,
  );
  return new KeelsonError(
    "plan.ambiguous",
    ["What went may be what came under another name, and nobody said. Nothing was written.", ...list].join("\n"),
    { hint: `Answer each, for example ${(first?.answers ?? []).join(" or ")}`, details: { questions } },
  );
}

function answersTo({ from, to }: Ambiguity): readonly string[] {
  return [...to.map((name) => `--rename ${from}:${name}`), `--drop ${from}`];
}
