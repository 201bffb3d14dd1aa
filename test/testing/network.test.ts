import { Client } from "pg";
import { expect, test } from "vitest";
import { pgBouncerMissing, startPgBouncer } from "../support/pgbouncer.ts";
import { freshDatabase } from "../support/postgres.ts";
import { startTcpProxy } from "../support/tcp-proxy.ts";

async function connected(url: string): Promise<Client> {
  const client = new Client({ connectionString: url });
  client.on("error", () => undefined);
  await client.connect();
  return client;
}

test.skipIf(pgBouncerMissing())(
  "a pool of one in transaction mode serves two clients on one server session",
  async () => {
    const url = await freshDatabase();
    const bouncer = await startPgBouncer({ url, poolSize: 1 });
    try {
      const clients = await Promise.all([connected(bouncer.url()), connected(bouncer.url())]);
      const pids = await Promise.all(clients.map((client) => client.query("SELECT pg_backend_pid() AS pid")));
      expect(pids[0]?.rows[0].pid).toBe(pids[1]?.rows[0].pid);
      expect(await bouncer.admin("SHOW POOLS")).toContainEqual(expect.objectContaining({ pool_mode: "transaction" }));
      await Promise.all(clients.map((client) => client.end()));
    } finally {
      await bouncer.stop();
    }
  },
);

test("a proxy passes bytes, holds them back while frozen, and cuts", async () => {
  const url = await freshDatabase();
  const proxy = await startTcpProxy({ port: Number(new URL(url).port) });
  const client = await connected(proxy.through(url));
  expect((await client.query("SELECT 1 AS one")).rows).toEqual([{ one: 1 }]);

  proxy.freeze();
  const held = client.query("SELECT 2 AS two");
  expect(await Promise.race([held, new Promise((resolve) => setTimeout(resolve, 200, "held"))])).toBe("held");
  proxy.thaw();
  expect((await held).rows).toEqual([{ two: 2 }]);

  const cut = client.query("SELECT pg_sleep(30)");
  setTimeout(() => proxy.cut(), 100);
  await expect(cut).rejects.toThrow();
  await proxy.stop();
});
