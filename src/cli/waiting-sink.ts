import { formatDuration } from "../platform/duration.ts";
import type { Logger } from "../platform/logger.ts";
import type { ProgressEvent, ProgressSink } from "../progress/events.ts";
import { cut } from "./render/columns.ts";
import type { Screen } from "./screen.ts";

const waitingLogMs = 10_000;

/** Where what is waited for and what is noticed is shown. */
export interface ProgressOptions {
  readonly screen: Screen;
  readonly logger: Logger;
  /** Also logs each step, for machines that read the log. */
  readonly logSteps: boolean;
}

/** Makes a sink for the events of a verb. */
export type ProgressFactory = (options: ProgressOptions) => ProgressSink;

/** Shows what a verb waits for, and notices; all that a verb which moves no database has to tell. */
export const createWaitingSink: ProgressFactory = ({ screen, logger }) => {
  const waiting = new Waiting(screen, logger);
  return (event) => {
    if (event.event === "waiting") waiting.show(event);
    else if (event.event === "working") showWork(event.doing, screen, logger);
    else if (event.event === "notice")
      logger[event.level === "warning" ? "warn" : "info"]({ code: event.code }, event.message);
  };
};

/** On a terminal only: it takes seconds, and whoever reads a log wants to know what came of it. */
function showWork(doing: string, screen: Screen, logger: Logger): void {
  if (screen.live) screen.lastLine(screen.style.colour.dim(cut(`${doing} ...`, (process.stderr.columns || 80) - 1)));
  else logger.debug(doing);
}

/** What is waited for: on the last line of a terminal, elsewhere a record now and then. */
class Waiting {
  readonly #screen: Screen;
  readonly #logger: Logger;
  #what = "";
  #logged = 0;

  constructor(screen: Screen, logger: Logger) {
    this.#screen = screen;
    this.#logger = logger;
  }

  show(event: Extract<ProgressEvent, { readonly event: "waiting" }>): void {
    const soFar = event.waitedMs < 1000 ? "" : `${formatDuration(Math.round(event.waitedMs / 1000) * 1000)} of `;
    const time = `${soFar}${formatDuration(event.limitMs)} at most`;
    if (this.#screen.live) {
      const line = `Waiting for ${event.for} (${time})`;
      this.#screen.lastLine(line.slice(0, (process.stderr.columns || 80) - 1));
      return;
    }
    const isNew = event.for !== this.#what;
    if (!isNew && event.waitedMs - this.#logged < waitingLogMs) return;
    this.#what = event.for;
    this.#logged = event.waitedMs;
    this.#logger.info(
      { waited: formatDuration(event.waitedMs), limit: formatDuration(event.limitMs) },
      `waiting for ${event.for}`,
    );
  }
}
