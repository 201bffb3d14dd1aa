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

// Every file runs on the Node at hand in `npm test`. Each other release runs a third of them, so that all of this stays within its time.
const shares = 3;
for (const [index, version] of nodeReleases.entries()) {
  const share = filters.length > 0 ? filters : [`--shard=${index + 1}/${shares}`];
  console.log(`\n=== The default suite on Node ${version}: ${share.join(" ")}`);
  if (!(await testOnRelease(version, share))) failures.push(`Node ${version}`);
}

if (failures.length > 0) {
  console.error(`\nFAILED: ${failures.join(", ")}`);
  process.exit(1);
}
