/** The way in which everything here applies revisions: the API at its start, and scripts/run_migrations. */
import { current, upgrade } from "keelson";

/**
 * Applies what is pending and says each step through `log(level, text)`; what fails is rolled back and thrown. A database
 * without any revision has nothing to lose, so that nobody has to confirm there what a later revision drops.
 */
export async function applyMigrations({ settings, log, wait, ...options }) {
  const on = (event) => {
    const line = describe(event);
    if (line !== null) log(line.level ?? "INFO", line.text);
  };
  const { revisions } = await current({ settings, on, ...(wait === undefined ? {} : { wait }) });
  const report = await upgrade({ settings, on, ...options, yes: options.yes === true || revisions.length === 0 });
  const now = report.current.map(({ id, message }) => `${id} (${message})`).join(", ") || "nothing";
  if (report.steps.length === 0) log("INFO", `The database is up to date: ${now}`);
  else
    log(
      "INFO",
      `Applied ${count(report.steps.length)} in ${Math.round(report.durationMs)} ms; the database is at ${now}`,
    );
  return report;
}

function describe(event) {
  switch (event.event) {
    case "waiting":
      return {
        text: `Waiting for ${event.for} (${Math.round(event.waitedMs / 1000)} of ${Math.round(event.limitMs / 1000)} s)`,
      };
    case "notice":
      return { level: event.level === "warning" ? "WARNING" : "INFO", text: event.message };
    case "run-started":
      return { text: `Applying ${count(event.revisions)} to ${event.database}` };
    case "revision-started":
      return { text: `${event.index}/${event.of} ${event.id}: ${event.message}` };
    case "revision-finished":
      return { text: `${event.index}/${event.of} ${event.id}: ${event.outcome} in ${Math.round(event.durationMs)} ms` };
    case "retry":
      return { level: "WARNING", text: `${event.id}: ${event.reason}; trying again in ${event.delayMs} ms` };
    default:
      return null;
  }
}

function count(revisions) {
  return revisions === 1 ? "1 revision" : `${revisions} revisions`;
}
