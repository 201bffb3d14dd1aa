import { createInterface, type Interface } from "node:readline";
import { reportError } from "../report-error.ts";
import { runTyped, type ShellSession } from "./run-statements.ts";
import { endsStatement } from "./statement-end.ts";

/** Reads SQL until the input ends: from a person, who sees errors and goes on, or from a file, which stops at the first. */
export async function runPrompt(shell: ShellSession): Promise<void> {
  const isPerson = process.stdin.isTTY === true && process.stdout.isTTY === true;
  const lines = createInterface({
    input: process.stdin,
    terminal: isPerson,
    ...(isPerson ? { output: process.stdout } : {}),
  });
  const prompt = new Prompt(shell, lines, isPerson);
  try {
    await prompt.run();
  } finally {
    lines.close();
  }
}

class Prompt {
  readonly #shell: ShellSession;
  readonly #lines: Interface;
  readonly #isPerson: boolean;
  #typed = "";
  #running = false;

  constructor(shell: ShellSession, lines: Interface, isPerson: boolean) {
    this.#shell = shell;
    this.#lines = lines;
    this.#isPerson = isPerson;
  }

  async run(): Promise<void> {
    if (this.#isPerson)
      this.#shell.screen.print(
        `${this.#shell.engine.label}. Type SQL with a semicolon at its end, \\? for help, \\q to leave.`,
      );
    this.#lines.on("SIGINT", () => this.#interrupt());
    this.#showPrompt();
    for await (const line of this.#lines) {
      if (!(await this.#take(line))) return;
      this.#showPrompt();
    }
    // The last statement of a file needs no semicolon.
    if (!this.#isPerson && this.#typed.trim() !== "") await this.#execute(this.#typed);
  }

  async #take(line: string): Promise<boolean> {
    if (this.#typed.trim() === "" && line.trimStart().startsWith("\\")) return await this.#execute(line);
    this.#typed += `${line}\n`;
    if (!endsStatement(this.#typed, this.#shell.session.dialect)) return true;
    const text = this.#typed;
    this.#typed = "";
    return await this.#execute(text);
  }

  async #execute(text: string): Promise<boolean> {
    this.#running = true;
    try {
      return await runTyped(this.#shell, text, { together: false });
    } catch (error) {
      if (!this.#isPerson || this.#shell.session.closed) throw error;
      reportError(error, this.#shell.screen, { debug: false });
      return true;
    } finally {
      this.#running = false;
    }
  }

  /** Ctrl-C stops the running statement, or forgets what was typed. */
  #interrupt(): void {
    if (this.#running) {
      void this.#shell.session.cancel();
      return;
    }
    this.#typed = "";
    this.#shell.screen.print("");
    this.#showPrompt();
  }

  #showPrompt(): void {
    if (!this.#isPerson) return;
    this.#lines.setPrompt(this.#typed.trim() === "" ? "keelson=> " : "keelson-> ");
    this.#lines.prompt();
  }
}
