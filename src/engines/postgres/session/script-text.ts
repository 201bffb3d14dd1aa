/** Several statements as one request, and where each of them stands in it. */
export interface ScriptText {
  readonly text: string;
  /** The UTF-16 index of each statement's first character in `text`. */
  readonly starts: readonly number[];
  /** Statements in `text` for each one of the caller's. */
  readonly statementsEach: number;
}

/**
 * Joins statements for one simple-protocol request. Each separator begins with a newline, so that a `--` comment at the
 * end of a statement ends with it. `before` is put in front of every statement.
 */
export function scriptText(statements: readonly string[], before: string | null = null): ScriptText {
  const starts: number[] = [];
  const lead = before === null ? "" : `${before};\n`;
  let text = "";
  for (const statement of statements) {
    text += `${text === "" ? "" : "\n;\n"}${lead}`;
    starts.push(text.length);
    text += statement;
  }
  return { text, starts, statementsEach: before === null ? 1 : 2 };
}

/** Finds the statement that an error is about, and the place in it where the server points at one. */
export function failedStatement(
  script: ScriptText,
  error: { readonly position: string | undefined; readonly finished: number },
): { readonly statement: number; readonly offset: number | null } {
  const last = Math.max(0, script.starts.length - 1);
  const counted = Math.min(last, Math.floor(error.finished / script.statementsEach));
  if (error.position === undefined) return { statement: counted, offset: null };
  const at = utf16Index(script.text, Number(error.position) - 1);
  let statement = 0;
  while (statement < last && (script.starts[statement + 1] ?? Number.POSITIVE_INFINITY) <= at) statement += 1;
  return { statement, offset: Math.max(0, at - (script.starts[statement] ?? 0)) };
}

/** The UTF-16 index of the n-th character: the server counts characters, JavaScript counts code units. */
export function utf16Index(text: string, characters: number): number {
  let index = 0;
  for (let count = 0; count < characters && index < text.length; count += 1) {
    index += (text.codePointAt(index) ?? 0) > 0xffff ? 2 : 1;
  }
  return index;
}
