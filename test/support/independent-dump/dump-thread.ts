import { parentPort, receiveMessageOnPort } from "node:worker_threads";
import { type DumpedDatabase, embeddedPgDump } from "./embedded-pg-dump.ts";
import type { DumpRequest } from "./pg-dump.ts";

if (parentPort === null) throw new Error("This is a thread of pg-dump.ts.");
const port = parentPort;

/** The server as pg_dump sees it; each write stands still until the other thread has an answer. */
function embedded(signal: Int32Array): DumpedDatabase {
  return {
    async execProtocolRawStream(message, options) {
      Atomics.store(signal, 0, 0);
      port.postMessage({ write: new Uint8Array(message) });
      Atomics.wait(signal, 0, 0);
      const received: { readonly message: { readonly bytes: Uint8Array } } | undefined = receiveMessageOnPort(port);
      if (received !== undefined) options?.onRawData?.(received.message.bytes);
    },
    query: async () => ({ rows: [{ search_path: "public" }] as never[], fields: [] }),
    exec: async () => [],
  };
}

port.on("message", ({ signal }: DumpRequest) => {
  embeddedPgDump(embedded(signal)).then(
    (dump) => port.postMessage({ dump }),
    (error: unknown) => port.postMessage({ error: String(error) }),
  );
});
