import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Command } from "../harness/command.ts";
import { failureOf, npmPeersFolder, npmPeerVersion } from "./packages.ts";
import { type Database, type Peer, partsOf } from "./peer.ts";

type Environment = Readonly<Record<string, string>>;

/** What differs between tools that npm brings. */
interface NodePeer {
  readonly name: string;
  readonly note: string;
  readonly databases?: Peer["databases"];
  readonly env: Environment;
  readonly write: Peer["write"];
  readonly command: (place: {
    readonly modules: string;
    readonly folder: string;
    readonly database: Database;
  }) => Pick<Command, "program" | "args"> & { readonly env?: Environment };
}

/** knex's command line on migrations in JavaScript. */
export function knex(env: Environment): Peer {
  return nodePeer({
    name: `knex ${npmPeerVersion("knex")}`,
    note: "one transaction for all",
    env,
    async write(folder, tables) {
      await mkdir(join(folder, "migrations"), { recursive: true });
      const config =
        'module.exports = { client: "pg", connection: process.env.BENCH_URL, pool: { min: 0, max: 2 } };\n';
      await writeFile(join(folder, "knexfile.js"), config);
      for (const table of tables) {
        const text = `exports.up = (knex) => knex.raw("${table.create}");\nexports.down = (knex) => knex.raw("${table.drop}");\n`;
        await writeFile(join(folder, "migrations", `${table.timestamp}_${table.name}.js`), text);
      }
    },
    command: ({ modules, database }) => ({
      program: process.execPath,
      args: [join(modules, "knex", "bin", "cli.js"), "migrate:latest"],
      env: { BENCH_URL: postgresUrl(database), NODE_PATH: modules },
    }),
  });
}

/** node-pg-migrate's command line on SQL files. */
export function nodePgMigrate(env: Environment): Peer {
  return nodePeer({
    name: `node-pg-migrate ${npmPeerVersion("node-pg-migrate")}`,
    note: "one transaction for all",
    env,
    async write(folder, tables) {
      await mkdir(join(folder, "migrations"), { recursive: true });
      for (const table of tables) {
        const text = `-- Up Migration\n${table.create}\n-- Down Migration\n${table.drop}\n`;
        await writeFile(join(folder, "migrations", `${table.timestamp}_${table.name}.sql`), text);
      }
    },
    command: ({ modules, database }) => ({
      program: join(modules, ".bin", "node-pg-migrate"),
      args: ["up", "--migrations-dir", "migrations"],
      env: { DATABASE_URL: postgresUrl(database) },
    }),
  });
}

/** The migrator of drizzle-orm, called by a program of ours as its users do. */
export function drizzle(env: Environment): Peer {
  const program = fileURLToPath(new URL("../programs/drizzle-migrate.mjs", import.meta.url));
  return nodePeer({
    name: `drizzle-orm ${npmPeerVersion("drizzle-orm")}`,
    note: "one transaction for all, no lock",
    env,
    async write(folder, tables) {
      await mkdir(join(folder, "meta"), { recursive: true });
      for (const table of tables) await writeFile(join(folder, `${table.name}.sql`), `${table.create}\n`);
      const entries = tables.map((table) => ({
        idx: table.number - 1,
        version: "7",
        when: table.number,
        tag: table.name,
        breakpoints: true,
      }));
      const journal = { version: "7", dialect: "postgresql", entries };
      await writeFile(join(folder, "meta", "_journal.json"), JSON.stringify(journal));
    },
    command: ({ modules, folder, database }) => ({
      program: process.execPath,
      args: [program, modules, folder, postgresUrl(database)],
    }),
  });
}

/** dbmate's own binary, without the shim that npm puts before it. */
export function dbmate(env: Environment): Peer {
  return nodePeer({
    name: `dbmate ${npmPeerVersion("dbmate")}`,
    note: "a transaction a file, no lock; a native program",
    databases: ["postgres", "sqlite"],
    env,
    async write(folder, tables) {
      await mkdir(join(folder, "migrations"), { recursive: true });
      for (const table of tables) {
        const text = `-- migrate:up\n${table.create}\n\n-- migrate:down\n${table.drop}\n`;
        await writeFile(join(folder, "migrations", `${table.timestamp}_${table.name}.sql`), text);
      }
    },
    command: ({ modules, database }) => ({
      program: join(modules, "@dbmate", `${process.platform}-${process.arch}`, "bin", "dbmate"),
      args: ["--url", dbmateUrl(database), "--migrations-dir", "migrations", "--no-dump-schema", "migrate"],
    }),
  });
}

function nodePeer(peer: NodePeer): Peer {
  let modules = "";
  return {
    name: peer.name,
    note: peer.note,
    databases: peer.databases ?? ["postgres"],
    missing: () =>
      failureOf(async () => {
        modules = join(await npmPeersFolder(), "node_modules");
      }),
    write: peer.write,
    apply(folder, database) {
      const { program, args, env } = peer.command({ modules, folder, database });
      return { program, args, cwd: folder, env: { ...peer.env, ...env } };
    },
  };
}

function postgresUrl(database: Database): string {
  if (database.kind !== "postgres") throw new Error("This peer is measured on PostgreSQL only");
  return database.url;
}

function dbmateUrl(database: Database): string {
  if (database.kind === "sqlite") return `sqlite:${database.file}`;
  const { user, password, host, port, database: name } = partsOf(database.url);
  return `postgres://${user}:${password}@${host}:${port}/${name}?sslmode=disable`;
}
