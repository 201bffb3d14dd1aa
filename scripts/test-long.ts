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

for (const version of nodeReleases) {
  console.log(`\n=== The default suite on Node ${version}`);
  if (!(await testOnRelease(version, filters))) failures.push(`Node ${version}`);
}

if (failures.length > 0) {
  console.error(`\nFAILED: ${failures.join(", ")}`);
  process.exit(1);
}
