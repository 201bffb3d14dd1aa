import type { ProjectOptions } from "../../app/project.ts";

/** How what stands after an option is read; `read-option.ts` has the reader of each. */
export type OptionKind = "flag" | "text" | "list" | "choice" | "count" | "counts" | "seconds" | "duration";

/** One option of a verb. Everything that knows options is made from this: the parser, the help and the reference. */
export interface OptionSpec<Value = unknown> {
  readonly kind: OptionKind;
  /** As it is printed: `-o, --output FILE`. */
  readonly flags: string;
  readonly summary: string;
  /** Only for `choice`. */
  readonly choices?: readonly string[];
  /** Never set: it carries the type of the value that the option is read to. */
  readonly value?: Value;
}

/** One word after the verb. */
export interface ArgumentSpec {
  readonly name: string;
  readonly summary: string;
  readonly required: boolean;
  /** Takes every further word as well. */
  readonly many: boolean;
}

/** A command line and what it does. */
export interface Example {
  readonly command: string;
  readonly explanation: string;
}

/** The verbs of the help's first page, in the order of their headings. */
export const verbGroups = [
  "Write revisions",
  "Move a database along the history",
  "See where things stand",
  "Databases",
] as const;

/** One verb as data. */
export interface VerbSpec {
  /** What is typed after `keelson`; `db create` has two words. */
  readonly name: string;
  readonly group: (typeof verbGroups)[number];
  readonly summary: string;
  /** Paragraphs between the usage line and the options. */
  readonly description: readonly string[];
  readonly arguments: readonly ArgumentSpec[];
  /** Its own options; `globalOptions` come on top. */
  readonly options: Readonly<Record<string, OptionSpec>>;
  readonly examples: readonly Example[];
}

/** The values that options were read to; what was not given is absent. */
export type OptionValues<Specs extends Readonly<Record<string, OptionSpec>>> = {
  readonly [Name in keyof Specs]?: Specs[Name] extends OptionSpec<infer Value> ? Value : never;
};

/**
 * The options that a verb's function takes besides those of every project, each of the type that the function wants.
 * A table that `satisfies` this has an entry for each of them and for nothing else, so neither side can grow alone.
 * `Elsewhere` names what comes from arguments and callbacks.
 */
export type OptionsOf<Options extends ProjectOptions, Elsewhere extends keyof Options = never> = {
  readonly [Name in Exclude<keyof Options, keyof ProjectOptions | Elsewhere>]-?: OptionSpec<NonNullable<Options[Name]>>;
};

/** An option that is there or not. */
export function flag(flags: string, summary: string): OptionSpec<boolean> {
  return { kind: "flag", flags, summary };
}

/** An option followed by a text. */
export function text(flags: string, summary: string): OptionSpec<string> {
  return { kind: "text", flags, summary };
}

/** An option that may be given several times. */
export function list(flags: string, summary: string): OptionSpec<readonly string[]> {
  return { kind: "list", flags, summary };
}

/** An option followed by one of a few words. */
export function choice<const Word extends string>(
  flags: string,
  summary: string,
  choices: readonly Word[],
): OptionSpec<Word> {
  return { kind: "choice", flags, summary, choices };
}

/** An option followed by whole numbers with commas between them. */
export function counts(flags: string, summary: string): OptionSpec<readonly number[]> {
  return { kind: "counts", flags, summary };
}

/** An option followed by a number that is measured in the way its kind says; `duration` and `seconds` give milliseconds. */
export function amount(kind: "count" | "seconds" | "duration", flags: string, summary: string): OptionSpec<number> {
  return { kind, flags, summary };
}

/** A word that may be left out. */
export function optional(name: string, summary: string): ArgumentSpec {
  return { name, summary, required: false, many: false };
}

/** A word that must be there. */
export function required(name: string, summary: string): ArgumentSpec {
  return { name, summary, required: true, many: false };
}

/** Any number of words. */
export function many(name: string, summary: string): ArgumentSpec {
  return { name, summary, required: false, many: true };
}
