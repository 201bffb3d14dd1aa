import { inPipeline } from "../config/environment.ts";
import { kindWords } from "../diff/renames.ts";
import { KeelsonError } from "../errors.ts";
import type { Ambiguity } from "../plan/plan.ts";
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
  // A revision may ask in the middle of a run, whose progress would be drawn over the question.
  const { live } = screen;
  screen.live = false;
  try {
    const answer = await confirm({ message: question, initialValue: false, withGuide: false });
    return !isCancel(answer) && answer;
  } finally {
    screen.live = live;
  }
}

/** Spread into a verb's options: how it may ask; nothing where nobody could answer, so that the verb refuses by itself. */
export function asking<Subject>(
  screen: Screen,
  toQuestion: (subject: Subject) => Question,
): { readonly confirm?: (subject: Subject) => Promise<boolean> } {
  if (!canAsk(screen)) return {};
  return { confirm: (subject) => ask(toQuestion(subject), screen) };
}

/** Spread into the options of a verb that plans: how it may ask for names; nothing where nobody could answer. */
export function choosingNames(screen: Screen): {
  readonly answerRename?: (question: Ambiguity) => Promise<string | null>;
} {
  if (!canAsk(screen)) return {};
  return { answerRename: (question) => chooseName(question, screen) };
}

/** Turning away from the question is no answer to it: then nothing is decided, and nothing written. */
async function chooseName({ kind, from, to }: Ambiguity, screen: Screen): Promise<string | null> {
  const { select, isCancel } = await import("@clack/prompts");
  screen.lastLine("");
  const answer = await select<string>({
    message: `The ${kindWords(kind)} ${from} is gone from the models. What became of it?`,
    options: [
      ...to.map((name) => ({ value: name, label: `it is called ${name} now` })),
      { value: "", label: "it is to be dropped, and what is in it lost" },
    ],
    withGuide: false,
  });
  if (isCancel(answer))
    throw new KeelsonError("confirm.declined", "The question was not answered. Nothing was written.");
  return answer === "" ? null : answer;
}
