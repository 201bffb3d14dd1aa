/** A file of models, read. */
export interface ModelFile {
  /** Its path for messages, relative to the project's folder. */
  readonly name: string;
  readonly text: string;
}

/**
 * Where a model is declared: the line that has its name, or another name that it may have in the file, as the first
 * argument of a call, else any line that has it quoted.
 */
export function placeOf(
  names: readonly string[],
  files: readonly ModelFile[],
): { readonly file: string; readonly line: number | null } {
  const patterns = ["\\(\\s*", ""].flatMap((before) =>
    names.map((name) => new RegExp(`${before}${quoted(name)}`, "u")),
  );
  for (const pattern of patterns) {
    for (const file of files) {
      const match = pattern.exec(file.text);
      if (match === null) continue;
      // The line of the name itself, since the parenthesis before it may end an earlier line.
      return { file: file.name, line: lineAt(file.text, match.index + match[0].length) };
    }
  }
  return { file: files[0]?.name ?? "", line: null };
}

function quoted(name: string): string {
  return `(["'\`])${name.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&")}\\1`;
}

function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split("\n").length;
}
