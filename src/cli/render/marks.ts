import type { RevisionState } from "../../app/status.ts";
import type { Style } from "./style.ts";

const marks: Readonly<Record<RevisionState, readonly [unicode: string, ascii: string]>> = {
  applied: ["✅", "[x]"],
  pending: ["⏳", "[ ]"],
  partial: ["🚧", "[~]"],
  edited: ["📝", "[!]"],
  missing: ["❌", "[?]"],
};

/** The mark of a revision's state. */
export function stateMark(state: RevisionState, style: Style): string {
  return marks[state][style.unicode ? 0 : 1];
}

/** The mark of something that went well. */
export function doneMark(style: Style): string {
  return style.colour.green(style.unicode ? "✓" : "ok");
}
