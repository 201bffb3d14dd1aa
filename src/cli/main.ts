#!/usr/bin/env node
import { streamsDrained, surviveClosedStreams, writeOut } from "./streams.ts";

/**
 * The command line. What needs no verb is answered here, with next to nothing loaded: people and scripts ask for a
 * version more often than for anything else.
 */
async function main(args: readonly string[]): Promise<number> {
  const [first] = args;
  if (first === "--version" || first === "-V" || first === "-v") {
    const { packageVersion } = await import("../platform/package-version.ts");
    writeOut(`${packageVersion()}\n`);
    return 0;
  }
  if (first === undefined || wantsHelp(args)) {
    const { helpFor } = await import("./help-for.ts");
    writeOut(await helpFor(args));
    return 0;
  }
  const { runCommandLine } = await import("./run-command-line.ts");
  return await runCommandLine(args);
}

function wantsHelp(args: readonly string[]): boolean {
  if (args[0] === "help") return true;
  const end = args.indexOf("--");
  return (end === -1 ? args : args.slice(0, end)).some((arg) => arg === "--help" || arg === "-h");
}

surviveClosedStreams();
const exitCode = await main(process.argv.slice(2));
await streamsDrained();
process.exit(exitCode);
