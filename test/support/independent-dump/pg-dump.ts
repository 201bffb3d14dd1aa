import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { Worker } from "node:worker_threads";
import type { PGlite } from "@electric-sql/pglite";
import { EmbeddedConnection } from "./embedded-connection.ts";
import { embeddedPgDump } from "./embedded-pg-dump.ts";

const run = promisify(execFile);
const program = join(process.env["KEELSON_TEST_PG_BIN"] ?? "/usr/lib/postgresql/15/bin", "pg_dump");

/** What pg_dump says of the schema of a database on a server: the machine's own pg_dump where it can read it, else the embedded one. */
export async function dumpServer(url: string, options: { readonly major: number }): Promise<string> {
  if (options.major > 15 || !existsSync(program)) {
    return await dumpServerEmbedded(url).catch(async (error: unknown) => {
      // Once in some thousand dumps the program takes a message for the end of its connection.
      if (!String(error).includes("closed the connection")) throw error;
      return await dumpServerEmbedded(url);
    });
  }
  const { stdout } = await run(program, ["--schema-only", url], { maxBuffer: 1 << 28 });
  return stdout;
}

/** What pg_dump says of the schema of PGlite, run in the same process; leaves the session as it is after a reset. */
export async function dumpPglite(database: PGlite): Promise<string> {
  try {
    return await embeddedPgDump(database);
  } finally {
    for (const sql of ["ROLLBACK", "RESET ALL", "DEALLOCATE ALL"]) await database.exec(sql);
  }
}

/** What the thread is told: it answers with what to write to the server, and at last with the dump. */
export interface DumpRequest {
  /** Is 0 while the thread waits for bytes. */
  readonly signal: Int32Array;
}

const idle: Worker[] = [];

/**
 * The same of a server of any supported major, by pg_dump as it is built for PGlite. It calls a function for each message and
 * wants the answer at once, so it runs in a thread that stands still until this one has read the answer from the server.
 */
async function dumpServerEmbedded(url: string): Promise<string> {
  const worker = idle.pop() ?? startThread();
  worker.ref();
  const connection = new EmbeddedConnection(await open(url), new URL(url));
  const signal = new Int32Array(new SharedArrayBuffer(4));
  try {
    const text = await new Promise<string>((resolve, reject) => {
      const answer = (data: { readonly write?: Uint8Array; readonly dump?: string; readonly error?: string }): void => {
        if (data.dump !== undefined) resolve(data.dump);
        else if (data.error !== undefined) reject(new Error(data.error));
        else if (data.write !== undefined) {
          connection.send(data.write).then((bytes) => {
            worker.postMessage({ bytes });
            Atomics.store(signal, 0, 1);
            Atomics.notify(signal, 0);
          }, reject);
        }
      };
      worker.removeAllListeners("message").removeAllListeners("error");
      worker.on("message", answer).on("error", reject);
      worker.postMessage({ signal } satisfies DumpRequest);
    });
    idle.push(worker);
    worker.unref();
    return text;
  } catch (error) {
    await worker.terminate();
    throw error;
  } finally {
    connection.close();
  }
}

function startThread(): Worker {
  const file = fileURLToPath(new URL("./dump-thread.ts", import.meta.url));
  const start = `import("jiti").then(({ createJiti }) => createJiti(${JSON.stringify(import.meta.url)}).import(${JSON.stringify(file)}))`;
  return new Worker(start, { eval: true });
}

async function open(url: string): Promise<Socket> {
  const { hostname, port } = new URL(url);
  const socket = connect({ host: hostname, port: Number(port) });
  socket.setNoDelay(true);
  await new Promise<void>((resolve, reject) => socket.once("connect", resolve).once("error", reject));
  return socket;
}
