import { statSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { PGlite } from "@electric-sql/pglite";
import { pgDump } from "@electric-sql/pglite-tools/pg_dump";

/** What pg_dump uses of a PGlite. */
export type DumpedDatabase = Pick<PGlite, "execProtocolRawStream" | "query" | "exec">;

/** Runs pg_dump as it is built for PGlite and gives what it writes. */
export async function embeddedPgDump(database: DumpedDatabase): Promise<string> {
  keepCompiled();
  return await (await pgDump({ pg: database as PGlite, args: ["--schema-only"] })).text();
}

const program = fileURLToPath(new URL("pg_dump.wasm", import.meta.resolve("@electric-sql/pglite-tools/pg_dump")));

/** The two functions of WebAssembly that matter here; programs and modules are only handed on. */
interface Compiler {
  compile(program: Uint8Array): Promise<object>;
  instantiate(program: object, imports?: object): Promise<object>;
}

let kept = false;
let compiled: Promise<object> | null = null;

/** Each run makes an instance of its own, which is quick, and compiles the whole program for it, which takes most of its time. */
function keepCompiled(): void {
  if (kept) return;
  kept = true;
  const compiler = (globalThis as unknown as { readonly WebAssembly: Compiler }).WebAssembly;
  const instantiate = compiler.instantiate.bind(compiler);
  const size = statSync(program).size;
  compiler.instantiate = async (source, imports) => {
    if (!(source instanceof Uint8Array) || source.byteLength !== size) return await instantiate(source, imports);
    compiled ??= compiler.compile(source);
    const module = await compiled;
    return { module, instance: await instantiate(module, imports) };
  };
}
