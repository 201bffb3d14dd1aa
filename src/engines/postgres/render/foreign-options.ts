import { list, type PlanObject } from "../plan/schema-model.ts";
import { quoteIdentifier, quoteText } from "../sql-text.ts";

/**
 * What is written where a catalog holds the name of a secret and not its value. No server can be reached with it, so
 * that a forgotten one shows the first time it is used.
 */
const secretPlaceholder = "to be set by hand";

/** `OPTIONS (...)` of a new object with a blank before it; empty where it has none. */
export function newOptions(options: readonly string[]): string {
  return options.length === 0 ? "" : ` OPTIONS (${options.map(optionWithValue).join(", ")})`;
}

/** `OPTIONS (...)` that turns one list into another, as `ALTER` takes it; null where they are equal. */
export function changedOptions(from: readonly string[], to: readonly string[]): string | null {
  const before = new Map(from.map((option) => [nameOf(option), option]));
  const after = new Set(to.map(nameOf));
  const words = [
    ...[...before.keys()].filter((name) => !after.has(name)).map((name) => `DROP ${quotedName(name)}`),
    ...to
      .filter((option) => before.get(nameOf(option)) !== option)
      .map((option) => `${before.has(nameOf(option)) ? "SET" : "ADD"} ${optionWithValue(option)}`),
  ];
  return words.length === 0 ? null : `OPTIONS (${words.join(", ")})`;
}

/** The names of the options of which the catalog does not hold the value. */
export function secretsOf(object: PlanObject, attribute: string): readonly string[] {
  return list(object, attribute)
    .filter((option) => !option.includes("="))
    .map(quotedName);
}

function optionWithValue(option: string): string {
  const name = nameOf(option);
  const value = option.includes("=") ? option.slice(name.length + 1) : secretPlaceholder;
  return `${quotedName(name)} ${quoteText(value)}`;
}

function nameOf(option: string): string {
  const end = option.indexOf("=");
  return end < 0 ? option : option.slice(0, end);
}

function quotedName(name: string): string {
  return /^[a-z_][a-z0-9_]*$/.test(name) ? name : quoteIdentifier(name);
}
