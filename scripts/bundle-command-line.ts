import { chmodSync, readdirSync, rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

/**
 * Puts the command line's own modules into one file, because loading a hundred small ones takes longer than most
 * commands run. `main.js` stays apart: it answers `--version` and `--help` without the rest. The library and the
 * packages are not bundled.
 */
const folder = fileURLToPath(new URL("../dist/cli/", import.meta.url));
const source = fileURLToPath(new URL("../src/cli/", import.meta.url));

const shared = {
  bundle: true,
  format: "esm",
  platform: "node",
  packages: "external",
  target: "node20",
  // Line breaks and comments are a third of the text that has to be parsed at each start.
  minifyWhitespace: true,
  keepNames: true,
  logLevel: "error",
} as const;

for (const entry of readdirSync(folder)) rmSync(`${folder}${entry}`, { recursive: true });
await build({ ...shared, entryPoints: [`${source}run-command-line.ts`], outfile: `${folder}run-command-line.js` });
await build({
  ...shared,
  entryPoints: [`${source}main.ts`],
  outfile: `${folder}main.js`,
  plugins: [
    {
      name: "keep-verbs-apart",
      setup(bundle) {
        bundle.onResolve({ filter: /\/run-command-line\.ts$/ }, () => ({
          path: "./run-command-line.js",
          external: true,
        }));
      },
    },
  ],
});
chmodSync(`${folder}main.js`, 0o755);
