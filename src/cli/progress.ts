import { formatDuration } from "../platform/duration.ts";
import type { Logger } from "../platform/logger.ts";
import type { ProgressEvent, ProgressSink } from "../progress/events.ts";
import { progressBar, revisionLine, runHeading } from "./render/run.ts";
import type { Screen } from "./screen.ts";

/** Where progress goes. */
export interface ProgressOptions {
  readonly screen: Screen;
  readonly logger: Logger;
  /** Also logs each step, for machines that read the log. */
  readonly logSteps: boolean;
}

const redrawMs = 80;
const waitingLogMs = 10_000;

type Finished = Extract<ProgressEvent, { readonly event: "revision-finished" }>;

/**
 * Shows progress to people: a line a revision among the results; on a terminal a bar or what is waited for on the last
 * line; elsewhere log records, few enough to be cheap however long a run is.
 */
export function createProgress({ screen, logger, logSteps }: ProgressOptions): ProgressSink {
  const bar = new Bar(screen);
  const waiting = new Waiting(screen, logger);
  const step = (event: ProgressEvent, message: string): void => {
    const { event: name, ...fields } = event;
    if (logSteps) logger.info({ event: name, ...fields }, message);
    else logger.debug(fields, message);
  };
  return (event) => {
    switch (event.event) {
      case "waiting":
        return waiting.show(event);
      case "notice":
        return event.level === "warning"
          ? logger.warn({ code: event.code }, event.message)
          : logger.info({ code: event.code }, event.message);
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
      case "retry":
        return logger.warn(
          { revision: event.id, attempt: event.attempt },
          `${event.reason}; trying again in ${formatDuration(event.delayMs)}`,
        );
    }
  };

  function finished(event: Finished): void {
    if (event.index === event.of) bar.stop();
    screen.print(revisionLine(event, screen.style));
    step(event, `revision ${event.outcome}`);
  }
}

/** The bar of a run; redrawn often enough to look alive and no more. */
class Bar {
  readonly #screen: Screen;
  #started = 0;
  #of = 0;
  #done = 0;
  #drawn = 0;

  constructor(screen: Screen) {
    this.#screen = screen;
  }

  start(of: number): void {
    this.#started = performance.now();
    this.#of = of;
    this.#screen.lastLine("");
  }

  draw(done: number | null, doing: string): void {
    if (!this.#screen.live || this.#of === 0) return;
    this.#done = done ?? this.#done;
    const now = performance.now();
    if (now - this.#drawn < redrawMs) return;
    this.#drawn = now;
    const elapsedMs = now - this.#started;
    this.#screen.lastLine(
      progressBar(
        { done: this.#done, of: this.#of, elapsedMs, doing, width: process.stderr.columns || 80 },
        this.#screen.style,
      ),
    );
  }

  stop(): void {
    this.#of = 0;
    this.#screen.lastLine("");
  }
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
    const time = `${formatDuration(event.waitedMs)} of ${formatDuration(event.limitMs)}`;
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
