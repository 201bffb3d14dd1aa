import { spawn } from "node:child_process";
import type { RunResult } from "../../support/run-keelson.ts";

const terminalProgram = "script";

/** Runs one line on a pseudo-terminal, where somebody types `y` once it asks something; what it shows is all in `stdout`. */
export async function answerYes(
  line: string,
  options: { readonly cwd: string; readonly env: Readonly<Record<string, string>> },
): Promise<Pick<RunResult, "code" | "stdout" | "stderr">> {
  const started = spawn(terminalProgram, ["-qefc", `stty cols 100 rows 40; ${line}`, "/dev/null"], {
    cwd: options.cwd,
    env: { PATH: process.env["PATH"], TERM: "xterm-256color", SHELL: "/bin/bash", NO_COLOR: "1", ...options.env },
  });
  let raw = "";
  let answered = false;
  started.stdout.setEncoding("utf8").on("data", (chunk: string) => {
    raw += chunk;
    if (answered || !/\?[\s\S]*Yes \/ .*No/.test(withoutMovements(raw))) return;
    answered = true;
    started.stdin.write("y");
  });
  const timer = setTimeout(() => started.kill("SIGKILL"), 60_000);
  const code = await new Promise<number | null>((resolve) => started.once("close", resolve));
  clearTimeout(timer);
  return { code, stdout: withoutMovements(raw), stderr: "" };
}

function withoutMovements(output: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences begin with one
  return output.replace(/\u001b\[[0-9;?]*[a-zA-Z]/g, "").replaceAll("\r", "");
}
