import { plainPart, splitOutsideQuotes } from "../catalog/object-id.ts";
import { KeelsonError } from "../errors.ts";
import { type RenameKind, renameKinds } from "./renames.ts";

/** A name as a person writes it: its parts without quotes, and the arguments of a function where they were given. */
export interface WrittenName {
  readonly parts: readonly string[];
  readonly args: string | null;
}

/** A rename as a person writes it. */
export interface WrittenRename {
  /** What stood before it, to say what it renames. */
  readonly kind: RenameKind | null;
  readonly from: WrittenName;
  readonly to: WrittenName;
}

/** Reads `old:new` or `kind:old:new`; `usage.invalid` for anything else. */
export function readRename(text: string): WrittenRename {
  const { kind, rest } = readKind(text, 3);
  const [from = "", to = "", ...more] = rest;
  const names = { kind, from: readName(from), to: readName(to) };
  if (more.length > 0 || [...names.from.parts, ...names.to.parts].some((part) => part === "")) {
    throw new KeelsonError("usage.invalid", `"${text}" is not a rename.`, {
      hint: "Write the old name, a colon and the new name: users:people for a table, users.mail:users.email for a column.",
    });
  }
  return names;
}

/** Reads `name` or `kind:name`. */
export function readDropped(text: string): { readonly kind: RenameKind | null; readonly name: WrittenName } {
  const { kind, rest } = readKind(text, 2);
  return { kind, name: readName(rest.join(":")) };
}

/** Whether one name ends with the parts of the other: `users.mail` is the end of `public.users.mail`. */
export function isEndOf(end: WrittenName, full: WrittenName): boolean {
  if (end.parts.length > full.parts.length) return false;
  if (end.args !== null && end.args !== full.args) return false;
  return end.parts.every((part, index) => part === full.parts[full.parts.length - end.parts.length + index]);
}

/** Reads a name with what is quoted in it. */
export function readName(text: string): WrittenName {
  const [head = ""] = splitOutsideQuotes(text, "(");
  const args =
    head.length === text.length
      ? null
      : text
          .slice(head.length)
          .replace(/\s*([(),])\s*/g, "$1")
          .trim();
  return { parts: splitOutsideQuotes(head.trim(), ".").map((part) => plainPart(part.trim())), args };
}

function readKind(text: string, parts: number): { readonly kind: RenameKind | null; readonly rest: readonly string[] } {
  const all = splitOutsideQuotes(text, ":");
  const kind = all.length === parts ? renameKinds.find((one) => one === all[0]?.trim()) : undefined;
  return kind === undefined ? { kind: null, rest: all } : { kind, rest: all.slice(1) };
}
