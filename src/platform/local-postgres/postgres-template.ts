import { execFile } from "node:child_process";
import { chmod, chown, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { KeelsonError } from "../../errors.ts";
import { exists, moveIntoPlace } from "../move-into-place.ts";
import { type ServerUser, serverUser } from "./server-user.ts";

const execute = promisify(execFile);

/** The superuser of every local server, and the password that `scram-sha-256` asks of it. */
export const superuser = { name: "postgres", password: "keelson" } as const;

/** What a fresh data folder is made with. */
export interface TemplateRequest {
  /** The folder of `initdb`. */
  readonly programs: string;
  /** The server's version, as the name of the template. */
  readonly version: string;
  readonly cacheDirectory: string;
}

/** A data folder right after `initdb`, made once for each version and user: copy it, never start it. */
export async function postgresTemplate(request: TemplateRequest): Promise<string> {
  const user = serverUser();
  const owner = user?.uid ?? process.getuid?.() ?? 0;
  const home = join(request.cacheDirectory, "postgres-templates", `${request.version}-${owner}`);
  if (await exists(join(home, "PG_VERSION"))) return home;

  await mkdir(dirname(home), { recursive: true });
  const staging = await mkdtemp(`${home}.`);
  try {
    await chmod(staging, 0o755);
    if (user !== null) await chown(staging, user.uid, user.gid);
    await initialise(request.programs, staging, user);
    await moveIntoPlace(join(staging, "data"), home);
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
  return home;
}

async function initialise(programs: string, staging: string, user: ServerUser | null): Promise<void> {
  const passwordFile = join(staging, "password");
  await writeFile(passwordFile, superuser.password);
  const flags = ["--username", superuser.name, "--pwfile", passwordFile, "--auth", "scram-sha-256"];
  const locale = ["--encoding", "UTF8", "--locale", "C"];
  try {
    await execute(join(programs, "initdb"), ["--pgdata", join(staging, "data"), "--no-sync", ...flags, ...locale], {
      cwd: staging,
      env: { LC_ALL: "C", TZ: "UTC" },
      ...user,
    });
  } catch (cause) {
    throw new KeelsonError("engine.missing", `initdb failed in ${programs}: ${failureText(cause)}`, {
      hint: "The folder must be readable by the user that the server runs as: set KEELSON_CACHE to one that is.",
      cause,
    });
  }
}

function failureText(cause: unknown): string {
  const output = cause instanceof Error && "stderr" in cause ? String(cause.stderr).trim() : "";
  return output || String(cause);
}
