import { KeelsonError } from "../errors.ts";

/** A target as it was written, taken apart; nothing is looked up yet. */
export interface TargetName {
  readonly text: string;
  /** What stands before `@`: a label or a revision that names a branch. */
  readonly branch: string | null;
  /** `head`, `heads`, `base`, `current`, an id, a prefix or a label; null for a bare step count. */
  readonly symbol: string | null;
  /** Steps from the symbol, or from where the database is. */
  readonly steps: number;
}

/** Takes a target apart. A name that is known as a whole is never split at its `+` or `-`. */
export function parseTargetName(text: string, isKnown: (name: string) => boolean): TargetName {
  const trimmed = text.trim();
  const at = trimmed.indexOf("@");
  const branch = at === -1 ? null : trimmed.slice(0, at);
  const rest = at === -1 ? trimmed : trimmed.slice(at + 1);
  if (branch === "" || rest === "" || rest.includes("@")) throw invalid(text);
  if (isKnown(rest)) return { text: trimmed, branch, symbol: rest, steps: 0 };
  const match = /^(.*?)([+-]\d+)$/.exec(rest);
  if (match === null) {
    if (/[\s:]/.test(rest)) throw invalid(text);
    return { text: trimmed, branch, symbol: rest, steps: 0 };
  }
  const steps = Number(match[2]);
  if (!Number.isSafeInteger(steps)) throw invalid(text);
  const symbol = match[1] === "" || match[1] === undefined ? null : match[1];
  if (symbol === null && steps === 0) throw invalid(text);
  return { text: trimmed, branch, symbol, steps };
}

function invalid(text: string): KeelsonError {
  return new KeelsonError("target.invalid", `${text === "" ? "An empty text" : text} is not a target.`, {
    hint: "Targets are head, heads, base, +2, -1, an id or a unique beginning of one, id+1, id-1, label@head, label@base, label@-1.",
    details: { target: text },
  });
}
