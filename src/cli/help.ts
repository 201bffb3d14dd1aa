import { type ArgumentSpec, type OptionSpec, type VerbSpec, verbGroups } from "./table/option.ts";
import { globalOptions } from "./table/shared-options.ts";
import { verbs } from "./table/verbs.ts";

/** How help is laid out. */
export interface HelpLayout {
  /** Columns of the terminal. */
  readonly width: number;
  /** Marks a heading. */
  readonly heading: (text: string) => string;
}

const tagline = "Keelson looks after a database for its whole life.";
const usage = "keelson <verb> [target] [options]";

/** What `keelson` alone prints: every verb on one line. */
export function shortHelp(layout: HelpLayout): string {
  return page([tagline, `Usage: ${usage}`, ...verbSections(layout), "keelson <verb> --help explains a verb."]);
}

/** What `keelson --help` prints: the verbs, targets, the options of every verb, where to begin. */
export function mainHelp(layout: HelpLayout): string {
  const { heading } = layout;
  const targets = columns(targetLines, layout.width);
  const begin = columns(beginLines, layout.width);
  return page([
    tagline,
    `Usage: ${usage}`,
    ...verbSections(layout),
    `${heading("Targets")}\n${targets}`,
    optionSection("Options of every verb", globalOptions, layout),
    `${heading("Begin")}\n${begin}`,
    "keelson <verb> --help explains a verb. Exit codes: docs/reference/exit-codes.md",
  ]);
}

/** What `keelson <verb> --help` prints. */
export function verbHelp(verb: VerbSpec, layout: HelpLayout): string {
  const { width, heading } = layout;
  const args = verb.arguments.map((argument) => [argumentSyntax(argument), argument.summary] as const);
  return page([
    `keelson ${verb.name}: ${verb.summary}`,
    `Usage: ${usageLine(verb)}`,
    ...verb.description.map((paragraph) => wrap(paragraph, width).join("\n")),
    ...(args.length === 0 ? [] : [`${heading("Arguments")}\n${columns(args, width)}`]),
    ...(Object.keys(verb.options).length === 0 ? [] : [optionSection("Options", verb.options, layout)]),
    `${heading("Examples")}\n${exampleLines(verb, width)}`,
    optionSection("Options of every verb", globalOptions, layout),
  ]);
}

/** The verb with its arguments: `keelson show <target> [options]`. */
export function usageLine(verb: VerbSpec): string {
  return ["keelson", verb.name, ...verb.arguments.map(argumentSyntax), "[options]"].join(" ");
}

/** An argument as usage lines print it: `<target>` where it is needed, `[target...]` where it may be left out. */
export function argumentSyntax(argument: ArgumentSpec): string {
  const name = argument.many ? `${argument.name}...` : argument.name;
  return argument.required ? `<${name}>` : `[${name}]`;
}

/** An option's summary with the words that it takes. */
export function optionSummary(option: OptionSpec): string {
  return option.choices === undefined ? option.summary : `${option.summary}: ${option.choices.join(", ")}`;
}

const targetLines = [
  ["head, heads", "the newest revision, or all branches"],
  ["base", "before the first revision"],
  ["+2, -1", "steps from where the database is"],
  ["3f2a9c1b0d4e, 3f2a", "an id, or a unique beginning of one; id+1 and id-1 beside it"],
  ["billing@head", "along the branch with that label"],
] as const;

const beginLines = [
  ["keelson init", "a configuration, a first model and a folder of revisions"],
  ['keelson create "add users"', "the revision that the models need, proven"],
  ["keelson upgrade --dry-run", "see what it would execute"],
  ["keelson upgrade", "apply it"],
  ["keelson status", "see where the database is"],
] as const;

function verbSections({ width, heading }: HelpLayout): readonly string[] {
  const all = Object.values(verbs);
  const nameWidth = Math.max(...all.map((verb) => verbSyntax(verb).length));
  return verbGroups.map((group) => {
    const rows = all
      .filter((verb) => verb.group === group)
      .map((verb) => [verbSyntax(verb).padEnd(nameWidth), verb.summary] as const);
    return `${heading(group)}\n${columns(rows, width)}`;
  });
}

function verbSyntax(verb: VerbSpec): string {
  return [verb.name, ...verb.arguments.map(argumentSyntax)].join(" ");
}

function optionSection(
  title: string,
  options: Readonly<Record<string, OptionSpec>>,
  { width, heading }: HelpLayout,
): string {
  const rows = Object.values(options).map((option) => {
    const flags = option.flags.startsWith("--") ? `    ${option.flags}` : option.flags;
    return [flags, optionSummary(option)] as const;
  });
  return `${heading(title)}\n${columns(rows, width)}`;
}

function exampleLines(verb: VerbSpec, width: number): string {
  return columns(
    verb.examples.map(({ command, explanation }) => [command, explanation] as const),
    width,
  );
}

/** Two columns; the second goes on below itself, or below the first where that leaves it too little room. */
function columns(rows: readonly (readonly [string, string])[], width: number): string {
  const first = Math.max(...rows.map(([left]) => left.length));
  const beside = width - first - 4 >= 30;
  const lines = rows.flatMap(([left, right]) => {
    const texts = wrap(right, beside ? width - first - 4 : width - 6);
    if (!beside) return [`  ${left}`, ...texts.map((text) => `      ${text}`)];
    return texts.map((text, index) => `  ${(index === 0 ? left : "").padEnd(first)}  ${text}`);
  });
  return lines.join("\n");
}

function wrap(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (line !== "" && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  return [...lines, line];
}

function page(parts: readonly string[]): string {
  return `${parts.join("\n\n")}\n`;
}
