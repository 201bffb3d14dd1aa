import { type HelpLayout, mainHelp, shortHelp, verbHelp } from "./help.ts";
import { namedVerb } from "./table/verbs.ts";

/** The help that a command line asks for: of the verb that it names, of all, or the short one where it is empty. */
export async function helpFor(args: readonly string[]): Promise<string> {
  const layout = await terminalLayout();
  if (args.length === 0) return shortHelp(layout);
  const verb = namedVerb(args);
  return verb === null ? mainHelp(layout) : verbHelp(verb, layout);
}

/** Colours are loaded for a terminal only: everywhere else help has to be quick. */
async function terminalLayout(): Promise<HelpLayout> {
  if (!process.stdout.isTTY) return { width: 100, heading: (text) => text };
  const { styleOf } = await import("./render/style.ts");
  const { colour } = styleOf(process.stdout);
  return { width: Math.min(process.stdout.columns || 80, 120), heading: colour.bold };
}
