const colours: Readonly<Record<string, number>> = { debug: 90, info: 32, warn: 33, error: 31 };
const dim = 2;

/** Writes one record for people: time, level, message, then every other field as `key=value`; always a single line. */
export function formatLogLine(
  record: Readonly<Record<string, unknown>>,
  options: { readonly colour: boolean },
): string {
  const { time, level, message, ...fields } = record;
  const paint = (code: number | undefined, text: string): string =>
    options.colour && code !== undefined ? `\u001b[${code}m${text}\u001b[0m` : text;
  const name = String(level);
  const head = `${paint(dim, String(time))} ${paint(colours[name], name.toUpperCase().padStart(5))} `;
  const parts = [head, oneLine(String(message ?? ""))];
  for (const [key, value] of Object.entries(fields)) {
    if (value !== undefined) parts.push(paint(dim, `${key}=`) + oneLine(formatValue(value)));
  }
  return parts.join(" ").trimEnd();
}

function formatValue(value: unknown): string {
  if (typeof value !== "string") return JSON.stringify(value);
  return /^[^\s"=]+$/.test(value) ? value : JSON.stringify(value);
}

/** Keeps a message from faking further records or from steering the terminal. */
function oneLine(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must not get through
  return text.replace(/[\u0000-\u001f\u007f-\u009f]/g, (character) =>
    character === "\n" ? "\\n" : `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
