import { chmod, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { makeProject, temporaryFolder } from "../support/project.ts";
import { runKeelson } from "../support/run-keelson.ts";

const first = "CREATE TABLE people (id integer PRIMARY KEY);\n";

async function project() {
  const { root: cwd } = await makeProject({ files: { "migrations/0001_people.sql": first } });
  const cache = await temporaryFolder("cache");
  const env = { KEELSON_CACHE: cache };
  return {
    run: (...args: readonly string[]) => runKeelson([...args, "--url", "sqlite:app.db"], { cwd, env }),
    cache,
    kept: () => readdir(join(cache, "code")),
  };
}

describe("compiled code in the cache", () => {
  test("is kept for each verb that went well, readable by its owner only, and taken at the next run", async () => {
    const { run, kept, cache } = await project();
    expect(await run("heads", "elsewhere")).toMatchObject({ code: 1 });
    expect(await kept()).toEqual([]);
    const heads = await run("heads");
    expect(heads.code, heads.stderr).toBe(0);
    const [name] = await kept();
    expect(name).toMatch(/-heads$/);
    const before = await readFile(join(cache, "code", name ?? ""));
    expect(await run("heads")).toMatchObject({ code: 0, stdout: heads.stdout });
    expect(await readFile(join(cache, "code", name ?? ""))).toEqual(before);
    expect(await run("upgrade")).toMatchObject({ code: 0 });
    expect((await kept()).map((file) => file.replace(/.*-/, ""))).toEqual(["heads", "upgrade"]);
  });

  test("is made again when the file is damaged", async () => {
    const { run, kept, cache } = await project();
    await run("heads");
    const file = join(cache, "code", (await kept())[0] ?? "");
    const whole = await readFile(file);
    const damaged = Buffer.from(whole);
    damaged.fill(0x5a, whole.length / 2, whole.length / 2 + 4096);
    await writeFile(file, damaged);
    expect(await run("heads")).toMatchObject({ code: 0, stdout: expect.stringContaining("people") });
    expect(await readFile(file)).not.toEqual(damaged);
    await writeFile(file, whole.subarray(0, 1000));
    expect(await run("heads")).toMatchObject({ code: 0, stdout: expect.stringContaining("people") });
  });

  test("is left alone in a folder that others could write to", async () => {
    const { run, kept, cache } = await project();
    await run("heads");
    await chmod(join(cache, "code"), 0o777);
    const before = await kept();
    expect(await run("upgrade")).toMatchObject({ code: 0 });
    expect(await kept()).toEqual(before);
  });
});
