import { existsSync, readdirSync, rmSync } from "node:fs";
import { createRequire, isBuiltin } from "node:module";
import { basename, dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { sha256Hex } from "../platform/hash.ts";
import * as definitions from "./define-config.ts";
import { privateCacheFolder } from "./private-cache-folder.ts";

/*
 * Loading jiti costs more than everything else that a short command does, even where jiti finds its own output in its
 * cache. So the transpiled text of a configuration that imports nothing but "keelson" and Node's modules is kept here,
 * as a module that takes what it imports as parameters. One that imports other files is left to jiti, since its text
 * alone does not say whether the cached output still holds.
 */

const cacheFormat = 1;

/** What a kept configuration is called with: the variables of a CommonJS module, and jiti's import. */
type Evaluate = (
  exports: Record<string, unknown>,
  module: { exports: unknown },
  require: NodeJS.Require,
  filename: string,
  dirname: string,
  jitiImport: (name: string) => Promise<unknown>,
) => Promise<void>;

/** Imports a configuration written as code and returns its default export, undefined if it has none. */
export async function importConfig(file: string, text: string): Promise<unknown> {
  // JavaScript that names "keelson" is not left to Node, because keelson may not be installed where the file is.
  if (isTypeScript(file) || /["']keelson["']/.test(text)) return await importTranspiled(file, text);
  // The hash makes a changed file a new module for a process that loads it again.
  const url = pathToFileURL(file);
  url.searchParams.set("content", sha256Hex(text).slice(0, 16));
  const module: { readonly default?: unknown } = await import(url.href);
  return module.default;
}

function isTypeScript(file: string): boolean {
  return /\.m?ts$/.test(file);
}

async function importTranspiled(file: string, text: string): Promise<unknown> {
  const folder = privateCacheFolder("config");
  const key = sha256Hex(file).slice(0, 16);
  const kept = `${key}-${sha256Hex(`${cacheFormat}\n${process.versions.node}\n${text}`).slice(0, 32)}.mjs`;
  if (folder !== null && existsSync(join(folder, kept))) {
    return await evaluate(file, await import(pathToFileURL(join(folder, kept)).href));
  }
  const { createJiti } = await import("jiti");
  const jiti = createJiti(file, {
    fsCache: folder === null ? false : join(folder, "jiti"),
    moduleCache: false,
    alias: /["']keelson\//.test(text) ? {} : { keelson: fileURLToPath(definitionsUrl) },
  });
  const code = jiti.transform({ source: text, filename: file, ts: isTypeScript(file), async: true });
  if (!standsAlone(code)) return defaultExport(await jiti.import(file));
  const module = `export default async (exports, module, require, __filename, __dirname, jitiImport) => {${code}\n};\n`;
  if (folder !== null) await keep(folder, key, kept, module);
  return await evaluate(file, await import(`data:text/javascript,${encodeURIComponent(module)}`));
}

// The extension is that of this very file: TypeScript in the sources, JavaScript in the package.
const definitionsUrl = new URL(
  import.meta.url.endsWith(".ts") ? "../config/define-config.ts" : "../config/define-config.js",
  import.meta.url,
);

async function evaluate(file: string, kept: { readonly default: Evaluate }): Promise<unknown> {
  const require = createRequire(file);
  const module: { exports: unknown } = { exports: {} };
  const exports: Record<string, unknown> = {};
  module.exports = exports;
  const load = async (name: string): Promise<unknown> => (name === "keelson" ? definitions : require(name));
  await kept.default(exports, module, require, file, dirname(file), load);
  return defaultExport(module.exports);
}

function defaultExport(exports: unknown): unknown {
  if (typeof exports !== "object" || exports === null) return exports;
  if ("default" in exports) return exports.default;
  // `module.exports = { ... }` has no default and no mark of a module; `export const x` has the mark.
  return "__esModule" in exports || Object.prototype.toString.call(exports) === "[object Module]" ? undefined : exports;
}

/** Whether transpiled code imports nothing but "keelson" and Node's modules, all by name. */
function standsAlone(code: string): boolean {
  if (/__JITI_ERROR__|jitiESMResolve|\brequire\b/.test(code)) return false;
  const named = [...code.matchAll(/\bjitiImport\("([^"\\]+)"\)/g)];
  const all = code.match(/\bjitiImport\b/g) ?? [];
  return named.length === all.length && named.every(([, name = ""]) => name === "keelson" || isBuiltin(name));
}

async function keep(folder: string, key: string, name: string, module: string): Promise<void> {
  // The cache only saves time: a full disk or a read-only home must not stop a command that needs neither.
  try {
    const { writeFileAtomic } = await import("../platform/atomic-file.ts");
    for (const old of readdirSync(folder)) {
      if (old.startsWith(`${key}-`) && basename(old) !== name) rmSync(join(folder, old), { force: true });
    }
    await writeFileAtomic(join(folder, name), module, { mode: 0o600 });
  } catch {
    return;
  }
}
