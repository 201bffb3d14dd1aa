import { parentPort, workerData } from "node:worker_threads";
import { KeelsonError } from "../../errors.ts";
import type { ThreadAnswer } from "../load-models.ts";
import { type ModelRequest, readModels } from "./read-models.ts";

/*
 * The program of the thread that reads models. Models are other people's code: what they print, keep open or end stays
 * in this thread, and each reading starts with none of their modules loaded.
 */

async function answer(request: ModelRequest): Promise<ThreadAnswer> {
  try {
    return { reading: await readModels(request) };
  } catch (error) {
    const known = error instanceof KeelsonError ? error : new KeelsonError("internal", String(error));
    const { code, message, hint, details } = known;
    return { failure: { code, message, details, ...(hint === undefined ? {} : { hint }) } };
  }
}

parentPort?.postMessage(await answer(workerData as ModelRequest));
