import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";

const folders = ["src", "test", "scripts", "bench", "examples"].filter((folder) => existsSync(folder));

/** What must hold of the sources, cheapest first; the first failure ends the check. */
const stages: readonly { readonly name: string; readonly command: readonly string[] }[] = [
  { name: "format and lint", command: ["biome", "check", "."] },
  // Before the types, because the examples are checked against what is published.
  { name: "build", command: ["npm", "run", "--silent", "build"] },
  { name: "types", command: ["tsc", "--noEmit"] },
  {
    name: "layers",
    command: ["depcruise", "--config", ".dependency-cruiser.mjs", ...folders, "vitest.config.ts"],
  },
  { name: "unused code", command: ["knip"] },
  { name: "names and sizes", command: ["jiti", "scripts/check-tree.ts"] },
  { name: "package", command: ["publint", "--strict"] },
  { name: "generated pages", command: ["jiti", "scripts/generate-cli-reference.ts"] },
];

/** In a pipeline nothing that was generated or formatted may differ from what was committed. */
const committed = { name: "nothing left to commit", command: ["git", "diff", "--exit-code", "--stat"] };

for (const { name, command } of process.env["CI"] === "true" ? [...stages, committed] : stages) {
  const started = performance.now();
  const [program = "", ...args] = command;
  // Run by npm, so the project's own programs come first on the path.
  const { status } = spawnSync(program, args, { stdio: "inherit" });
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`${status === 0 ? "ok    " : "FAILED"} ${name} (${seconds} s)`);
  if (status !== 0) process.exit(1);
}
