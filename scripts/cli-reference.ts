import { argumentSyntax, optionSummary, usageLine } from "../src/cli/help.ts";
import { type OptionSpec, type VerbSpec, verbGroups } from "../src/cli/table/option.ts";
import { globalOptions } from "../src/cli/table/shared-options.ts";
import { verbs } from "../src/cli/table/verbs.ts";

const head = `# Command line

\`keelson <verb> [target] [options]\`

\`keelson --help\` lists the verbs, \`keelson <verb> --help\` explains one, \`keelson --version\` prints the version. Options may
stand before or after the verb. Each verb is also a function of the library, with the same defaults.

**Output.** Standard output has the result and nothing else: text for people, or with \`--json\` one JSON object a line.
Standard error has logs, what is waited for, and errors. Colours are used on a terminal only; \`NO_COLOR\` and \`FORCE_COLOR\`
are honoured. In a locale without UTF-8, marks are ASCII.

**JSON.** Every line has an \`event\`. A run prints its events as they happen (\`notice\`, \`waiting\`, \`working\`, \`run-started\`,
\`revision-started\`, \`statement\`, \`revision-finished\`, \`retry\`); the last line is \`{"event":"result","verb":...}\` with what the
function of the library returns, or \`{"event":"error","code":...,"message":...,"hint":...,"details":...,"exitCode":...}\`.

**Questions.** What goes down or destroys data asks first, and \`create\` asks what became of what went from the models, if standard input and output are a terminal. Otherwise, and in a
pipeline (\`CI\`) or with \`--json\`, it is refused with exit code 7 unless \`--yes\` answers. \`--yes\` overrides no refusal: each
refusal names the option that permits it.

**Interruption.** The first Ctrl-C or SIGTERM makes a run stop: what is under way is rolled back, what is done stays, and the
same command goes on from there. The second one ends the process at once.

**Failures.** [Error codes](errors.md), [exit codes](exit-codes.md).
`;

/** The page on the command line, made from the table that the parser and the help are made from. */
export function cliReference(): string {
  const sections = verbGroups.flatMap((group) => [
    `## ${group}\n`,
    ...Object.values<VerbSpec>(verbs)
      .filter((verb) => verb.group === group)
      .map(verbSection),
  ]);
  const everywhere = `## Options of every verb\n\n${optionTable(globalOptions)}`;
  const generated = "<!-- Written by scripts/generate-cli-reference.ts from src/cli/table: change those. -->\n";
  return [generated, head, ...sections, everywhere].join("\n");
}

function verbSection(verb: VerbSpec): string {
  const parts = [
    `### \`keelson ${verb.name}\``,
    `${capitalised(verb.summary)}.`,
    `\`\`\`text\n${usageLine(verb)}\n\`\`\``,
    ...verb.description,
    ...(verb.arguments.length === 0 ? [] : [argumentTable(verb)]),
    ...(Object.keys(verb.options).length === 0 ? [] : [optionTable(verb.options)]),
    exampleBlock(verb),
  ];
  return `${parts.join("\n\n")}\n`;
}

function argumentTable(verb: VerbSpec): string {
  const rows = verb.arguments.map((argument) => [`\`${argumentSyntax(argument)}\``, argument.summary]);
  return table(["argument", "what it says"], rows);
}

function optionTable(options: Readonly<Record<string, OptionSpec>>): string {
  const rows = Object.values(options).map((option) => [`\`${option.flags}\``, optionSummary(option)]);
  return `${table(["option", "what it says"], rows)}`;
}

function exampleBlock(verb: VerbSpec): string {
  const width = Math.max(...verb.examples.map(({ command }) => command.length));
  const lines = verb.examples.map(({ command, explanation }) => `${command.padEnd(width)}  # ${explanation}`);
  return `\`\`\`sh\n${lines.join("\n")}\n\`\`\``;
}

function table(titles: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(titles), line(titles.map(() => "---")), ...rows.map(line)].join("\n");
}

function capitalised(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
