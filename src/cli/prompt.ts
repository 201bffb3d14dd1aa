import { inPipeline } from "../config/environment.ts";
import type { Screen } from "./screen.ts";

/** A yes-or-no question, and what a person needs to know to answer it. */
export interface Question {
  /** Lines above the question. */
  readonly facts: readonly string[];
  readonly question: string;
}

/** Whether somebody is there to answer: a terminal on both sides, and neither a pipeline nor `--json`. */
function canAsk(screen: Screen): boolean {
  return process.stdin.isTTY === true && process.stdout.isTTY === true && !screen.json && !inPipeline();
}

/** Asks on the terminal. No, Escape and Ctrl-C are all a no: only a yes is a yes. */
async function ask({ facts, question }: Question, screen: Screen): Promise<boolean> {
  const { confirm, isCancel } = await import("@clack/prompts");
  screen.lastLine("");
  screen.print(["", ...facts, ""].join("\n"));
  const answer = await confirm({ message: question, initialValue: false, withGuide: false });
  return !isCancel(answer) && answer;
}

/** Spread into a verb's options: how it may ask; nothing where nobody could answer, so that the verb refuses by itself. */
export function asking<Subject>(
  screen: Screen,
  toQuestion: (subject: Subject) => Question,
): { readonly confirm?: (subject: Subject) => Promise<boolean> } {
  if (!canAsk(screen)) return {};
  return { confirm: (subject) => ask(toQuestion(subject), screen) };
}
