import { KeelsonError } from "../errors.ts";
import { closestName } from "../platform/closest-name.ts";

/** One thing that is wrong with what was configured. */
export interface Problem {
  /** Where: a key's path such as `environments.staging.url`, a variable's or flag's name. */
  readonly path: string;
  /** What is wrong there, without any secret. */
  readonly message: string;
}

/** Gathers problems, so that all of them are told at once. */
export class Problems {
  readonly #found: Problem[] = [];

  add(path: string, message: string): void {
    this.#found.push({ path, message });
  }

  /** Throws one `config.invalid` that lists every problem found; does nothing when there is none. */
  throwIfAny(origin: string): void {
    if (this.#found.length === 0) return;
    const lines = this.#found.map(({ path, message }) => `  ${path}: ${message}`);
    const count = this.#found.length === 1 ? "1 problem" : `${this.#found.length} problems`;
    throw new KeelsonError("config.invalid", `${origin} has ${count}:\n${lines.join("\n")}`, {
      hint: "Correct what is listed; docs/reference/configuration.md describes every key and variable.",
      details: { origin, problems: this.#found },
    });
  }
}

/** `" Did you mean x?"` where one of the known names is near, else nothing. */
export function suggestion(name: string, known: readonly string[]): string {
  const near = closestName(name, known);
  return near === null ? "" : ` Did you mean ${near}?`;
}

/** Says what a value is without giving away one that may hold a secret. */
export function describeValue(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return `an array of ${value.length}`;
  if (typeof value === "string") return describeText(value);
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  return typeof value === "object" ? "an object" : `a ${typeof value}`;
}

/** Says of which type a value is, for places whose values are secrets. */
export function describeType(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "an array";
  if (value === "") return "an empty string";
  return typeof value === "object" ? "an object" : `a ${typeof value}`;
}

function describeText(text: string): string {
  if (text === "") return "an empty string";
  // Connection strings end up under the wrong key; what looks like one, or is too long for a name, is not repeated.
  const mayHoldSecret = /[:/@]|password/i.test(text) || text.length > 24;
  return mayHoldSecret ? "a string" : JSON.stringify(text);
}
