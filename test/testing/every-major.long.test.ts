import { spawn } from "node:child_process";
import { chmod, readdir } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Client } from "pg";
import { expect, test } from "vitest";
import { forEachMajor } from "../support/postgres.ts";
import { temporaryFolder } from "../support/project.ts";

forEachMajor(({ major, server }) => {
  test("is what it says", async () => {
    const client = new Client({ connectionString: await server().createDatabase() });
    await client.connect();
    const { rows } = await client.query("SELECT current_setting('server_version_num')::int / 10000 AS major");
    await client.end();
    expect(rows).toEqual([{ major }]);
  });
});

test("three processes that fill an empty cache at once all get a server, and leave nothing half-made", async () => {
  const cache = await temporaryFolder("cache");
  await chmod(cache, 0o755);
  const jiti = fileURLToPath(new URL("../../node_modules/jiti/lib/jiti-cli.mjs", import.meta.url));
  const program = fileURLToPath(new URL("./start-and-wait.ts", import.meta.url));
  const starts = [1, 2, 3].map(
    () =>
      new Promise<string>((resolve, reject) => {
        const child = spawn(process.execPath, [jiti, program], { env: { ...process.env, KEELSON_CACHE: cache } });
        let errors = "";
        child.stderr.on("data", (chunk) => {
          errors += chunk;
        });
        child.stdout.once("data", (chunk) => {
          child.kill("SIGKILL");
          resolve(String(chunk));
        });
        child.once("exit", () => reject(new Error(errors)));
      }),
  );
  const urls = (await Promise.all(starts)).map((line) => JSON.parse(line).url);
  expect(new Set(urls).size).toBe(3);
  expect(await readdir(join(cache, "postgres"))).toHaveLength(1);
  expect(await readdir(join(cache, "postgres-templates"))).toHaveLength(1);
});
