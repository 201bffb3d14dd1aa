import { KeelsonError } from "../errors.ts";

/** A target taken apart: `billing@head-1` is branch `billing`, name `head`, steps -1. At least one of the last two is there. */
export interface TargetText {
  /** As it was given. */
  readonly text: string;
  /** A label, or a revision that stands for its branch. */
  readonly branch: string | null;
  /** `head`, `heads`, `base`, `current`, an id, the beginning of one, or a label. */
  readonly name: string | null;
  /** Steps from there, up if positive; null where none are asked for. */
  readonly steps: number | null;
}

/** Takes a target apart; `target.invalid` for what can't be one. */
export function parseTarget(text: string): TargetText {
  const trimmed = text.trim();
  const at = trimmed.indexOf("@");
  const branch = at < 0 ? null : trimmed.slice(0, at);
  const rest = trimmed.slice(at + 1);
  const match = /^(.*?)([+-]\d+)?$/s.exec(rest);
  const name = match?.[1] ?? "";
  const steps = match?.[2] === undefined ? null : Number(match[2]);
  if (trimmed === "" || branch === "" || (name === "" && steps === null)) throw invalid(text, "is not a target.");
  if (/[@:\s]/.test(name) || /\s/.test(branch ?? "")) throw invalid(text, "is not a target.");
  if (steps === 0) throw invalid(text, "goes nowhere: zero steps.");
  if (name !== "" && /[+-]$/.test(name)) throw invalid(text, "does not say how many steps.");
  return { text: trimmed, branch, name: name === "" ? null : name, steps };
}

function invalid(text: string, problem: string): KeelsonError {
  return new KeelsonError("target.invalid", `"${text}" ${problem}`, {
    hint: text.includes(":")
      ? "A range from:to is for keelson sql; other verbs take one place: head, base, +1, -1, an id, label@head."
      : "Targets are: head, heads, base, +2, -1, an id or its beginning, id+2, id-1, a label, label@head, label@base, label@-1.",
    details: { target: text },
  });
}
