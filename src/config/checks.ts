import { durationExample, parseDuration } from "../platform/duration.ts";
import { describeType, describeValue, type Problems, suggestion } from "./problems.ts";
import { Secret } from "./secret.ts";

/** Turns an untrusted value into a trusted one, or reports why not and returns undefined. */
export type Check<Value> = (value: unknown, path: string, problems: Problems) => Value | undefined;

/** The checks of an object's keys. */
export type Shape = Readonly<Record<string, Check<unknown>>>;

/** What an object of a shape holds once checked: keys that are absent, undefined or wrong are left out. */
export type Checked<S extends Shape> = {
  readonly [Key in keyof S]?: S[Key] extends Check<infer Value> ? Value : never;
};

function expected(what: string, found: string): string {
  return `expected ${what}, found ${found}.`;
}

/** An object with these keys and no others. */
export function object<S extends Shape>(shape: S): Check<Checked<S>> & { readonly shape: S } {
  const check: Check<Checked<S>> = (value, path, problems) => {
    if (!isRecord(value)) {
      problems.add(path === "" ? "(all)" : path, expected("an object", describeType(value)));
      return undefined;
    }
    const entries = Object.entries(value).map(([key, item]) => {
      const at = path === "" ? key : `${path}.${key}`;
      return [key, checkKey(shape, { key, item, at }, problems)] as const;
    });
    // Every value went through the shape's own check for its key, which is what Checked<S> says.
    return Object.fromEntries(entries.filter(([, item]) => item !== undefined)) as Checked<S>;
  };
  return Object.assign(check, { shape });
}

function checkKey(
  shape: Shape,
  { key, item, at }: { readonly key: string; readonly item: unknown; readonly at: string },
  problems: Problems,
): unknown {
  const check = Object.hasOwn(shape, key) ? shape[key] : undefined;
  if (check !== undefined) return item === undefined ? undefined : check(item, at, problems);
  problems.add(at, `is not a known key.${suggestion(key, Object.keys(shape))}`);
  return undefined;
}

/** An object whose keys are names that the user chooses. */
export function namedObjects<Value>(
  check: Check<Value>,
  namePattern: RegExp,
  nameRule: string,
): Check<ReadonlyMap<string, Value>> {
  return (value, path, problems) => {
    if (!isRecord(value)) {
      problems.add(path, expected("an object", describeType(value)));
      return undefined;
    }
    const result = new Map<string, Value>();
    for (const [name, item] of Object.entries(value)) {
      if (!namePattern.test(name)) problems.add(`${path}.${name}`, `is not a possible name: ${nameRule}.`);
      const checked = check(item, `${path}.${name}`, problems);
      if (checked !== undefined) result.set(name, checked);
    }
    return result;
  };
}

/** A text that is not empty and may be a secret: never repeated in a message. */
export const secretText: Check<string> = (value, path, problems) => {
  if (typeof value === "string" && value.trim() !== "") return value.trim();
  problems.add(path, expected("a database URL as a string", describeType(value)));
  return undefined;
};

/** A text that is not empty. */
export const text: Check<string> = (value, path, problems) => {
  if (typeof value === "string" && value.trim() !== "" && !value.includes("\0")) return value;
  problems.add(path, expected("a string that is not empty", describeValue(value)));
  return undefined;
};

/** A place where scratch databases are made; a URL may hold a password, so nothing of the value is repeated in a message. */
const scratchPlace: Check<"pglite" | "server" | Secret> = (value, path, problems) => {
  const words = typeof value === "string" ? value.trim() : "";
  if (words === "server") return words;
  if (words === "pglite" || /^pglite:(?:\/\/)?:memory:$/.test(words)) return "pglite";
  if (/^postgres(?:ql)?:/i.test(words)) return new Secret(words);
  problems.add(path, expected('"pglite", "server" or a postgres:// URL', describeType(value)));
  return undefined;
};

/** One such place, or a list of them, each of which proves revisions. */
export const scratchPlaces: Check<readonly ("pglite" | "server" | Secret)[]> = (value, path, problems) => {
  if (Array.isArray(value)) {
    if (value.length === 0) problems.add(path, "is empty: leave it out, or name a place.");
    return listOf(scratchPlace)(value, path, problems);
  }
  const only = scratchPlace(value, path, problems);
  return only === undefined ? undefined : [only];
};

/** A text that follows a pattern. */
export function textLike(pattern: RegExp, rule: string): Check<string> {
  return (value, path, problems) => {
    if (typeof value === "string" && pattern.test(value)) return value;
    problems.add(path, expected(rule, describeValue(value)));
    return undefined;
  };
}

/** Yes or no. */
export const flag: Check<boolean> = (value, path, problems) => {
  if (typeof value === "boolean") return value;
  problems.add(path, expected("true or false", describeValue(value)));
  return undefined;
};

/** One of a few words. */
export function oneOf<const Word extends string>(words: readonly Word[]): Check<Word> {
  return (value, path, problems) => {
    const word = words.find((candidate) => candidate === value);
    if (word !== undefined) return word;
    const near = typeof value === "string" ? suggestion(value, words) : "";
    problems.add(path, expected(`one of ${words.join(", ")}`, describeValue(value)) + near);
    return undefined;
  };
}

/** A whole number within bounds. */
export function wholeNumber(minimum: number, maximum: number): Check<number> {
  return (value, path, problems) => {
    if (typeof value === "number" && Number.isInteger(value) && value >= minimum && value <= maximum) return value;
    problems.add(path, expected(`a whole number from ${minimum} to ${maximum}`, describeValue(value)));
    return undefined;
  };
}

/** A duration, as milliseconds. */
export function duration(minimumMs: number): Check<number> {
  return (value, path, problems) => {
    const milliseconds = parseDuration(value);
    if (milliseconds !== null && milliseconds >= minimumMs && milliseconds <= 2_147_483_647) return milliseconds;
    const zero = minimumMs > 0 ? " above zero" : "";
    problems.add(path, expected(`a duration${zero} such as ${durationExample}`, describeValue(value)));
    return undefined;
  };
}

/** An array without repetitions. */
export function listOf<Value>(check: Check<Value>): Check<readonly Value[]> {
  return (value, path, problems) => {
    if (!Array.isArray(value)) {
      problems.add(path, expected("an array", describeValue(value)));
      return undefined;
    }
    const result: Value[] = [];
    for (const [index, item] of value.entries()) {
      const checked = check(item, `${path}[${index}]`, problems);
      if (checked === undefined) continue;
      if (result.includes(checked)) problems.add(`${path}[${index}]`, "is there twice.");
      else result.push(checked);
    }
    return result;
  };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
