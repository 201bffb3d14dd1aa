import type { Logger } from "../platform/logger.ts";
import { type Style, styleOf } from "./render/style.ts";
import { writeError, writeHeldBack, writeOut, writeOutSoon } from "./streams.ts";

/**
 * Where a verb's output goes. Standard output has the result: text for people, or one JSON object a line. Standard
 * error has everything else: logs, errors, and on a terminal a last line that is drawn over.
 */
export class Screen {
  readonly json: boolean;
  /** What standard output can show. */
  readonly style: Style;
  /** Whether the last line of standard error can be drawn over; no longer, once the screen is closed. */
  live: boolean;
  /** Takes errors as well, where logs are JSON; null where errors are printed for people. */
  errorLog: Logger | null = null;
  #lastLine = "";

  constructor(options: { readonly json: boolean }) {
    this.json = options.json;
    this.style = styleOf(process.stdout);
    this.live = process.stderr.isTTY === true && !options.json;
  }

  /** Prints lines of the result; does nothing with `--json`. */
  print(text: string): void {
    if (!this.json) this.#above(() => writeOut(text.endsWith("\n") ? text : `${text}\n`));
  }

  /** Prints a line of the result as soon as there is nothing better to do. */
  printSoon(text: string): void {
    if (!this.json) this.#above(() => writeOutSoon(`${text}\n`));
  }

  /** Prints text that is the result itself, byte by byte; does nothing with `--json`. */
  printExactly(text: string): void {
    if (!this.json) this.#above(() => writeOut(text));
  }

  /** Prints one record; does nothing without `--json`. */
  record(record: object): void {
    if (this.json) writeOutSoon(`${JSON.stringify(record)}\n`);
  }

  /** Writes to standard error, above the line that is drawn over. */
  note(text: string): void {
    this.#above(() => writeError(text));
  }

  /** Replaces the line that is drawn over; an empty text takes it away. */
  lastLine(text: string): void {
    if (!this.live || text === this.#lastLine) return;
    writeError(this.#lastLine === "" ? text : `\r\u001b[2K${text}`);
    this.#lastLine = text;
  }

  /** Takes the last line away for good; everything printed is written then. */
  close(): void {
    // Here and not where the process ends: the bundle of the command line has another copy of these functions there.
    writeHeldBack();
    this.lastLine("");
    this.live = false;
  }

  #above(write: () => void): void {
    const line = this.#lastLine;
    this.lastLine("");
    write();
    this.lastLine(line);
  }
}
