import { spawnSync } from "node:child_process";
import { nodeReleases } from "./node-releases.ts";
import { reporting } from "./reports.ts";
import { testOnRelease } from "./test-on-release.ts";

/** Parts of file names, to run only some: `npm run test:long -- test/migrate`. */
const filters = process.argv.slice(2);
const failures: string[] = [];

const long = spawnSync("vitest", ["run", ...filters, ...(filters.length > 0 ? ["--passWithNoTests"] : [])], {
  stdio: "inherit",
  env: { ...process.env, KEELSON_TEST_LONG: "1", ...reporting("long") },
});
if (long.status !== 0) failures.push("the long tests");

// Every file runs on the Node at hand in `npm test`; the other releases share them, which takes half of the time.
for (const [index, version] of nodeReleases.entries()) {
  const share = filters.length > 0 ? filters : [`--shard=${index + 1}/${nodeReleases.length}`];
  console.log(
    `\n=== ${filters.length > 0 ? "Those files" : `A share (${index + 1}/${nodeReleases.length}) of the default suite`} on Node ${version}`,
  );
  if (!(await testOnRelease(version, share))) failures.push(`Node ${version}`);
}

if (failures.length > 0) {
  console.error(`\nFAILED: ${failures.join(", ")}`);
  process.exit(1);
}
