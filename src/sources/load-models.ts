import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { Worker, type WorkerOptions } from "node:worker_threads";
import { type ErrorCode, KeelsonError } from "../errors.ts";
import type { ModelReading } from "./models/found-model.ts";
import type { ModelRequest } from "./models/read-models.ts";

/** What the thread that reads models answers. */
export type ThreadAnswer =
  | { readonly reading: ModelReading }
  | {
      readonly failure: {
        readonly code: ErrorCode;
        readonly message: string;
        readonly hint?: string;
        readonly details: Readonly<Record<string, unknown>>;
      };
    };

const limitMs = 120_000;

/**
 * Reads model files afresh, in a thread of their own: nothing that they load, print or leave open stays behind.
 * Throws `source.invalid` where they can't be read, end the process or don't come to an end.
 */
export async function loadModels(request: ModelRequest, signal?: AbortSignal): Promise<ModelReading> {
  if (signal?.aborted === true) throw interrupted();
  const thread = startThread(request);
  const printed = lastLines(thread.stderr);
  thread.stdout.resume();
  let timer: NodeJS.Timeout | undefined;
  const stop = (): void => void thread.terminate();
  signal?.addEventListener("abort", stop, { once: true });
  try {
    const answer = await new Promise<ThreadAnswer>((resolve, reject) => {
      timer = setTimeout(() => reject(unfinished(`did not come to an end within ${limitMs / 1000} s`, "")), limitMs);
      thread.once("message", resolve);
      thread.once("error", (error) => reject(unfinished(`failed: ${error.message}`, printed())));
      thread.once("exit", (code) => {
        reject(signal?.aborted === true ? interrupted() : unfinished(`ended the process with code ${code}`, printed()));
      });
    });
    if ("reading" in answer) return answer.reading;
    const { code, message, ...options } = answer.failure;
    throw new KeelsonError(code, message, options);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", stop);
    await thread.terminate();
  }
}

// The extension is that of this very file, TypeScript in the sources and JavaScript in the package; and the way leads to
// the same place from the bundled command line.
const program = import.meta.url.endsWith(".ts")
  ? new URL("../sources/models/models-thread.ts", import.meta.url)
  : new URL("../sources/models/models-thread.js", import.meta.url);

function startThread(request: ModelRequest): Worker {
  const options: WorkerOptions = { workerData: request, stdout: true, stderr: true, execArgv: [] };
  if (!program.pathname.endsWith(".ts")) return new Worker(program, options);
  // Node 20 runs no TypeScript: from the sources, the thread starts with the loader.
  const jiti = createRequire(import.meta.url).resolve("jiti");
  const file = JSON.stringify(fileURLToPath(program));
  const start = `require(${JSON.stringify(jiti)}).createJiti(${file}).import(${file});`;
  return new Worker(start, { ...options, eval: true });
}

/** Gathers the end of what a stream carries. */
function lastLines(stream: NodeJS.ReadableStream): () => string {
  let text = "";
  stream.setEncoding("utf8");
  stream.on("data", (chunk: string) => {
    text = (text + chunk).slice(-4000);
  });
  return () => text.trim();
}

function interrupted(): KeelsonError {
  return new KeelsonError("run.interrupted", "The reading of the models was interrupted; no database was changed.");
}

function unfinished(what: string, printed: string): KeelsonError {
  const output = printed === "" ? "" : `\n${printed}`;
  return new KeelsonError("source.invalid", `Reading the models ${what}.${output}`, {
    hint: "Model files should only declare: no server, connection or process.exit() at their top level. No database was contacted.",
    details: { printed },
  });
}
