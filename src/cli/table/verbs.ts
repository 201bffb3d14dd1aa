import { comparingVerbs } from "./comparing-verbs.ts";
import { databaseVerbs } from "./database-verbs.ts";
import { movingVerbs } from "./moving-verbs.ts";
import type { OptionValues, VerbSpec } from "./option.ts";
import { readingVerbs } from "./reading-verbs.ts";
import type { globalOptions } from "./shared-options.ts";
import { writingVerbs } from "./writing-verbs.ts";

/** Every verb by its name: the one place that parser, help and reference are made from. */
export const verbs = {
  ...writingVerbs,
  ...movingVerbs,
  ...readingVerbs,
  ...comparingVerbs,
  ...databaseVerbs,
} as const;

/** The name of a verb. */
export type VerbName = keyof typeof verbs;

/** What a verb was given, read and checked. */
export type VerbOptions<Name extends VerbName> = OptionValues<typeof globalOptions> &
  OptionValues<(typeof verbs)[Name]["options"]>;

/** A verb of the table. */
export type NamedVerb = VerbSpec & { readonly name: VerbName };

function findVerb(name: string): NamedVerb | null {
  return isVerbName(name) ? verbs[name] : null;
}

/** The verb that a command line names, as far as that can be told without reading it. */
export function namedVerb(args: readonly string[]): NamedVerb | null {
  for (const [index, arg] of args.entries()) {
    const verb = findVerb(arg) ?? findVerb(`${arg} ${args[index + 1] ?? ""}`);
    if (verb !== null) return verb;
  }
  return null;
}

function isVerbName(name: string): name is VerbName {
  return Object.hasOwn(verbs, name);
}
