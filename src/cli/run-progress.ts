import { formatDuration } from "../platform/duration.ts";
import type { ProgressEvent } from "../progress/events.ts";
import { codeProgressText, logLine, progressBar, revisionLine, runHeading, structureText } from "./render/run.ts";
import type { Screen } from "./screen.ts";
import { createWaitingSink, type ProgressFactory } from "./waiting-sink.ts";

const redrawMs = 80;
const tickMs = 500;
const codeLogMs = 10_000;

type Finished = Extract<ProgressEvent, { readonly event: "revision-finished" }>;

/**
 * Shows progress to people: a line a revision among the results; on a terminal a bar or what is waited for on the last
 * line; elsewhere log records, few enough to be cheap however long a run is.
 */
export const createRunProgress: ProgressFactory = ({ screen, logger, logSteps }) => {
  const bar = new Bar(screen);
  const rest = createWaitingSink({ screen, logger, logSteps });
  let codeLogged = -codeLogMs;
  const step = (event: ProgressEvent, message: string): void => {
    const { event: name, ...fields } = event;
    if (logSteps) logger.info({ event: name, ...fields }, message);
    else logger.debug(fields, message);
  };
  return (event) => {
    switch (event.event) {
      case "waiting":
      case "working":
      case "notice":
        return rest(event);
      case "run-started":
        bar.start(event.revisions);
        screen.print(runHeading(event, screen.style));
        return step(event, "run started");
      case "revision-started":
        return bar.draw(event.index - 1, event.message);
      case "statement":
        return event.of > 1 ? bar.draw(null, `${event.id}, statement ${event.index} of ${event.of}`) : undefined;
      case "revision-finished":
        return finished(event);
      case "revision-progress":
        return codeProgress(event);
      case "revision-log":
        return screen.print(logLine(event, screen.style));
      case "revision-table":
        return screen.print(structureText(event, screen.style));
      case "retry":
        return logger.warn(
          { revision: event.id, attempt: event.attempt },
          `${event.reason}; trying again in ${formatDuration(event.delayMs)}`,
        );
    }
  };

  function codeProgress(event: Extract<ProgressEvent, { readonly event: "revision-progress" }>): void {
    const text = codeProgressText(event);
    bar.draw(null, text);
    const now = performance.now();
    const isLast = event.done !== null && event.done === event.total;
    if (screen.live || (!isLast && now - codeLogged < codeLogMs)) return;
    codeLogged = now;
    logger.info({ revision: event.id }, text);
  }

  function finished(event: Finished): void {
    if (event.index === event.of) bar.stop();
    screen.printSoon(revisionLine(event, screen.style));
    step(event, `revision ${event.outcome}`);
  }
};

/** The bar of a run; redrawn often enough to look alive and no more. */
class Bar {
  readonly #screen: Screen;
  #started = 0;
  #of = 0;
  #done = 0;
  #doing = "";
  #drawn = 0;
  #tick: NodeJS.Timeout | undefined;

  constructor(screen: Screen) {
    this.#screen = screen;
  }

  start(of: number): void {
    this.#started = performance.now();
    this.#of = of;
    this.#screen.lastLine("");
    // A statement may take minutes, in which nothing happens but time passing.
    if (this.#screen.live) this.#tick = setInterval(() => this.draw(null, this.#doing), tickMs).unref();
  }

  draw(done: number | null, doing: string): void {
    if (!this.#screen.live || this.#of === 0) return;
    this.#done = done ?? this.#done;
    this.#doing = doing;
    const now = performance.now();
    if (now - this.#drawn < redrawMs) return;
    this.#drawn = now;
    const state = { done: this.#done, of: this.#of, elapsedMs: now - this.#started, doing };
    this.#screen.lastLine(progressBar({ ...state, width: process.stderr.columns || 80 }, this.#screen.style));
  }

  stop(): void {
    clearInterval(this.#tick);
    this.#of = 0;
    this.#screen.lastLine("");
  }
}
