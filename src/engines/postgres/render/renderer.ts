import type { ValueMap } from "../../../diff/value-maps.ts";
import { type PlanObject, type SchemaModel, text } from "../plan/schema-model.ts";
import { quoteText } from "../sql-text.ts";

/** What writing a statement may look up. */
export interface RenderContext {
  readonly from: SchemaModel;
  readonly to: SchemaModel;
  /** What rows get instead of values that an enum no longer has. */
  readonly maps?: readonly ValueMap[];
}

/** How schema objects of one kind are written. Statements come without semicolons, in the order in which they run. */
export interface Renderer {
  create(object: PlanObject, context: RenderContext): readonly string[];
  drop(object: PlanObject, context: RenderContext): readonly string[];
  /** What changes it in place, given the attributes that differ; null where it must be dropped and made again. */
  alter(from: PlanObject, to: PlanObject, changed: readonly string[], context: RenderContext): readonly string[] | null;
}

/** `COMMENT ON ... IS ...`, which also takes a comment away. */
export function commentOn(what: string, comment: string | null): string {
  return `COMMENT ON ${what} IS ${comment === null ? "NULL" : quoteText(comment)}`;
}

/** The comment of a new object, if it has one. */
export function newComment(what: string, object: PlanObject): readonly string[] {
  const comment = text(object, "comment");
  return comment === null ? [] : [commentOn(what, comment)];
}

/** The change of a comment, if it is among the attributes that differ. */
export function changedComment(what: string, to: PlanObject, changed: readonly string[]): readonly string[] {
  return changed.includes("comment") ? [commentOn(what, text(to, "comment"))] : [];
}

/** Whether nothing but these attributes differs. */
export function onlyThese(changed: readonly string[], names: readonly string[]): boolean {
  return changed.every((name) => names.includes(name));
}

/** A list of storage options as `WITH (...)` takes it; the server keeps them as `name=value`. */
export function optionList(options: readonly string[]): string {
  return options.map((option) => optionText(option)).join(", ");
}

/** `SET (...)` and `RESET (...)` clauses that turn one list of options into another. */
export function optionChanges(from: readonly string[], to: readonly string[]): readonly string[] {
  const names = new Set(to.map(optionName));
  const gone = from.map(optionName).filter((name) => !names.has(name));
  const fresh = to.filter((option) => !from.includes(option));
  return [
    ...(gone.length > 0 ? [`RESET (${gone.join(", ")})`] : []),
    ...(fresh.length > 0 ? [`SET (${optionList(fresh)})`] : []),
  ];
}

function optionName(option: string): string {
  const end = option.indexOf("=");
  return end < 0 ? option : option.slice(0, end);
}

function optionText(option: string): string {
  const end = option.indexOf("=");
  return end < 0 ? option : `${option.slice(0, end)} = ${quoteText(option.slice(end + 1))}`;
}
