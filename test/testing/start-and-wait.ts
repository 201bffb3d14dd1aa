import { startPostgres } from "../../src/testing/index.ts";

const server = await startPostgres();
process.stdout.write(`${JSON.stringify({ url: server.url(), dataDirectory: server.dataDirectory })}\n`);
setInterval(() => undefined, 1000);
