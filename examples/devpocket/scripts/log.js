/** Log lines for people, on standard error like those of Keelson: time, level, message, then `key=value`. */

const colours = { debug: 90, info: 32, warn: 33, error: 31 };

function coloured() {
  if ((process.env.NO_COLOR ?? "") !== "") return false;
  const forced = process.env.FORCE_COLOR ?? "";
  return forced === "" ? process.stderr.isTTY === true : !["0", "false"].includes(forced);
}

function write(level, message, fields) {
  const paint = (code, text) => (coloured() ? `\u001b[${code}m${text}\u001b[0m` : text);
  const facts = Object.entries(fields).map(([key, value]) => `${paint(2, `${key}=`)}${shown(String(value))}`);
  const head = `${paint(2, new Date().toISOString())} ${paint(colours[level], level.toUpperCase().padStart(5))} `;
  // A message of several lines stays one record: what follows its first line is indented.
  process.stderr.write(`${[head, message.trimEnd().replaceAll("\n", "\n    "), ...facts].join(" ")}\n`);
}

function shown(text) {
  return /^[^\s"=]+$/.test(text) ? text : JSON.stringify(text);
}

/** One call a level; `debug` is silent until `log.debugging` is set. */
export const log = {
  debugging: false,
  debug(message, fields = {}) {
    if (log.debugging) write("debug", message, fields);
  },
  info: (message, fields = {}) => write("info", message, fields),
  warn: (message, fields = {}) => write("warn", message, fields),
  error: (message, fields = {}) => write("error", message, fields),
};
