import { cpus, totalmem } from "node:os";
import { parseArgs } from "node:util";
import { type Subject, withBench } from "./harness/bench.ts";
import { canMeasureMemory } from "./harness/command.ts";
import { isKept, printTable, type Table } from "./harness/report.ts";
import { apply } from "./subjects/apply.ts";
import { create } from "./subjects/create.ts";
import { idle } from "./subjects/idle.ts";
import { pglite } from "./subjects/pglite.ts";
import { schema } from "./subjects/schema.ts";
import { sqlite } from "./subjects/sqlite.ts";
import { start } from "./subjects/start.ts";
import { together } from "./subjects/together.ts";

const subjects: readonly Subject[] = [start, idle, apply, create, schema, together, sqlite, pglite];

const usage = `npm run bench -- [--quick] [--json] [--rounds N] [SUBJECT…]

${subjects.map(({ name, summary }) => `  ${name.padEnd(10)}${summary}`).join("\n")}

  --quick     smaller histories and fewer rounds; under two minutes
  --rounds N  how often each contender is measured
  --json      one JSON object on standard output instead of tables
`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    quick: { type: "boolean", default: false },
    json: { type: "boolean", default: false },
    rounds: { type: "string" },
    help: { type: "boolean", short: "h", default: false },
  },
});

const unknown = positionals.filter((name) => subjects.every((subject) => subject.name !== name));
const rounds = values.rounds === undefined ? null : Number(values.rounds);
if (values.help || unknown.length > 0 || (rounds !== null && !(rounds >= 1))) {
  console.error(unknown.length > 0 ? `There is no subject ${unknown.join(", ")}.\n\n${usage}` : usage);
  process.exit(values.help ? 0 : 1);
}

const chosen = subjects.filter(({ name }) => positionals.length === 0 || positionals.includes(name));
const tables: (Table & { readonly subject: string })[] = [];
const machine = `${cpus().length} × ${cpus()[0]?.model ?? "unknown processor"}, ${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.version}`;
const say = (text: string): void => console.error(`… ${text}`);

if (!canMeasureMemory()) say("memory is not measured: there is no /usr/bin/time (Debian: time)");
for (const subject of chosen) {
  const report = (table: Table): void => {
    tables.push({ subject: subject.name, ...table });
    if (!values.json) console.log(`\n${printTable(table)}`);
  };
  await withBench({ quick: values.quick, rounds, say, report }, (bench) => subject.run(bench));
}

if (values.json) {
  const withVerdicts = tables.map((table) => ({
    ...table,
    goals: table.goals.map((goal) => ({ ...goal, kept: isKept(goal) })),
  }));
  console.log(JSON.stringify({ machine, quick: values.quick, tables: withVerdicts }, null, 2));
} else {
  const goals = tables.flatMap((table) => table.goals);
  const count = (verdict: boolean | null): number => goals.filter((goal) => isKept(goal) === verdict).length;
  console.log(`${machine}\nGoals: ${count(true)} kept, ${count(false)} missed, ${count(null)} not measured.`);
}
