import type { ExitCode } from "./exit-codes.ts";
import type { Screen } from "./screen.ts";
import type { VerbName, VerbOptions } from "./table/verbs.ts";

/** One use of a verb: what it was given, and where its output goes. */
export interface Call<Name extends VerbName = VerbName> {
  readonly verb: Name;
  readonly words: readonly string[];
  readonly options: VerbOptions<Name>;
  readonly screen: Screen;
}

/** Does what a verb is for, prints it, and says with which code to exit. */
export type VerbRunner<Name extends VerbName> = (call: Call<Name>) => Promise<ExitCode>;

/** The parts of a call that every verb has. */
export type AnyCall = Omit<Call<"status">, "verb"> & { readonly verb: VerbName };

/** The named options as far as they were given; an absent one stays absent, so that the default of the library holds. */
export function given<Options extends object, Name extends keyof Options>(
  options: Options,
  ...names: readonly Name[]
): Pick<Options, Name> {
  const found: Partial<Pick<Options, Name>> = {};
  for (const name of names) if (name in options) found[name] = options[name];
  // What is absent here is absent in `options`, whose type allows it.
  return found as Pick<Options, Name>;
}

/** Prints what a verb found: its record for programs, its text for people. */
export function printResult(call: AnyCall, report: object, text: () => string): void {
  if (call.screen.json) call.screen.record({ event: "result", verb: call.verb, ...report });
  else call.screen.print(text());
}
