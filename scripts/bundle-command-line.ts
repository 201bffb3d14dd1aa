import { chmodSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import ts from "typescript";
import { sha256Hex } from "../src/platform/hash.ts";

/**
 * Puts the command line's own modules into one file, because loading hundreds of small ones takes longer than most
 * commands run. It is CommonJS, because only of that Node 20 can keep the compiled code. `main.js` stays apart: it
 * answers `--version` and `--help` without the rest. The library and the packages are not bundled.
 */
const folder = fileURLToPath(new URL("../dist/cli/", import.meta.url));
const made = fileURLToPath(new URL("../dist/cli-made/", import.meta.url));
const source = fileURLToPath(new URL("../src/cli/", import.meta.url));

const shared = {
  bundle: true,
  platform: "node",
  packages: "external",
  target: "node20",
  // Line breaks and comments are a third of the text that has to be parsed at each start.
  minifyWhitespace: true,
  keepNames: true,
  logLevel: "error",
} as const;

mkdirSync(made, { recursive: true });
await build({
  ...shared,
  format: "cjs",
  define: { "import.meta.url": "importMetaUrl" },
  entryPoints: [`${source}run-command-line.ts`],
  outfile: `${made}run-command-line.cjs`,
});
const text = withGivenImport(readFileSync(`${made}run-command-line.cjs`, "utf8"));
writeFileSync(`${made}run-command-line.cjs`, text);
const bundleHash = sha256Hex(text).slice(0, 32);
await build({
  ...shared,
  format: "esm",
  define: { bundleHash: JSON.stringify(bundleHash) },
  entryPoints: [`${source}main.ts`],
  outdir: made,
  splitting: true,
  chunkNames: "[name]-[hash]",
  plugins: [
    {
      name: "keep-verbs-apart",
      setup(bundle) {
        bundle.onResolve({ filter: /\/run-command-line\.ts$/ }, () => ({ path: `${source}compiled-command-line.ts` }));
      },
    },
  ],
});
chmodSync(`${made}main.js`, 0o755);
rmSync(folder, { recursive: true, force: true });
renameSync(made, folder);

/** Code that V8 took from a cache can't import on its own, so the bundle does it with a function that it is given. */
function withGivenImport(text: string): string {
  const places: number[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      places.push(node.expression.getStart(parsed));
    }
    ts.forEachChild(node, visit);
  };
  const parsed = ts.createSourceFile("bundle.cjs", text, ts.ScriptTarget.Latest);
  visit(parsed);
  const parts = [0, ...places].map((from, index) => text.slice(from, places[index]));
  return parts.map((part, index) => (index === 0 ? part : part.replace("import", "importModule"))).join("");
}
