/**
 * Prints, from the JSON of `keelson status` on standard input, where the database is and the history, newest first.
 *
 *   keelson status --json | node scripts/print-status.js
 */
import { createInterface } from "node:readline";

/** A revision's id, with what is worth knowing of it. */
function named({ id, isHead, state, outOfOrder }) {
  const marks = [
    ...(isHead ? ["head"] : []),
    ...(state === "applied" ? [] : [state]),
    ...(outOfOrder ? ["older than what is applied"] : []),
  ];
  return marks.length === 0 ? id : `${id} (${marks.join(", ")})`;
}

function statusText({ current, pending, heads, history }) {
  const entries = history.toReversed().map((line) => `Rev: ${named(line)}\n    ${line.message}`);
  return [
    "📊 Current Migration Status:",
    ...(current.length === 0 ? ["nothing is applied"] : current.map(named)),
    ...(pending.length === 0 ? [] : [`pending: ${pending.length}, apply them with upgrade`]),
    ...(heads.length < 2 ? [] : [`several heads: ${heads.join(", ")}; join them with npx keelson merge`]),
    "",
    "📋 Migration History:",
    ...(entries.length === 0 ? ["no revisions"] : [entries.join("\n\n")]),
  ].join("\n");
}

for await (const line of createInterface({ input: process.stdin })) {
  const event = JSON.parse(line);
  if (event.event === "result") console.log(statusText(event));
  if (event.event === "error") console.error([event.message, event.hint].filter(Boolean).join("\n"));
}
