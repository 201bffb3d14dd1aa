import { isKeelsonError, KeelsonError } from "../../errors.ts";

/** Does some work on a model; what is wrong with the model is told with its place. */
export function toldAt<Result>(
  place: { readonly file: string; readonly line: number | null },
  work: () => Result,
): Result {
  try {
    return work();
  } catch (error) {
    if (isKeelsonError(error) && error.code !== "source.invalid") throw error;
    throw invalidAt(place, error);
  }
}

function invalidAt(place: { readonly file: string; readonly line: number | null }, error: unknown): KeelsonError {
  const known = isKeelsonError(error) ? error : null;
  const cause = known === null ? error : known.cause;
  const { file } = place;
  const line = lineWithin(file, cause) ?? place.line;
  const reason = error instanceof Error ? error.message : String(error);
  return new KeelsonError("source.invalid", `${line === null ? file : `${file}:${line}`}: ${reason}`, {
    hint: known?.hint ?? "Correct the file; no database was contacted.",
    details: { ...known?.details, file, line, reason },
    cause,
  });
}

/** The line of the file in which something was thrown: nearer than the model's own, for example that of a reference. */
function lineWithin(file: string, error: unknown): number | null {
  const stack = error instanceof Error ? (error.stack ?? "") : "";
  const at = stack.indexOf(`/${file}:`);
  const line = at < 0 ? Number.NaN : Number.parseInt(stack.slice(at + file.length + 2), 10);
  return Number.isNaN(line) ? null : line;
}
