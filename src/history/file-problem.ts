import { KeelsonError } from "../errors.ts";

/** A `history.invalid-file` error that points at a line of a revision file; no database is touched by reading files. */
export function fileProblem(
  file: string,
  line: number,
  problem: string,
  hint = "See docs/formats/revision-file.md for the format.",
): KeelsonError {
  return new KeelsonError("history.invalid-file", `${file}:${line}: ${problem}`, { hint, details: { file, line } });
}
