import { setFlagsFromString } from "node:v8";

/*
 * A run of the command line parses each revision once. V8 would optimise the parser's WebAssembly in the background for
 * longer than all the parsing takes, with 50 MB of memory.
 */

/** From now on V8 compiles WebAssembly quickly and never optimises it. */
export function holdBackWebAssembly(): void {
  setFlagsFromString("--no-wasm-dynamic-tiering");
  setFlagsFromString("--no-wasm-tier-up");
}

/** Back to how a process starts. V8 refuses compiled code that was kept under other flags than those at its loading. */
export function releaseWebAssembly(): void {
  setFlagsFromString("--wasm-dynamic-tiering");
  setFlagsFromString("--wasm-tier-up");
}
