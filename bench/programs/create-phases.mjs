// One call of create, with what it said that it was doing and since when: node create-phases.mjs FOLDER
import { create } from "../../dist/index.js";

const started = performance.now();
const steps = [];
const report = await create({
  cwd: process.argv[2],
  message: "a change",
  on: (event) => event.event === "working" && steps.push({ doing: event.doing, at: performance.now() - started }),
});
const ended = performance.now() - started;
const phases = steps.map(({ doing, at }, index) => ({ doing, ms: (steps[index + 1]?.at ?? ended) - at }));
const statements = report.outcome === "written" ? report.bodies.flatMap((body) => body.statements).length : 0;
console.log(JSON.stringify({ outcome: report.outcome, statements, ms: ended, phases }));
