import { readFileSync } from "node:fs";
import { KeelsonError } from "../../errors.ts";

/** The user that a server runs as, for `spawn` and `chown`; null to stay who we are. */
export interface ServerUser {
  readonly uid: number;
  readonly gid: number;
}

/** Chooses an unprivileged user when we are root, since PostgreSQL and PgBouncer refuse to run as root. */
export function serverUser(): ServerUser | null {
  if (process.getuid?.() !== 0) return null;
  const accounts = readFileSync("/etc/passwd", "utf8")
    .split("\n")
    .map((line) => line.split(":"));
  for (const name of ["postgres", "nobody"]) {
    const account = accounts.find((fields) => fields[0] === name);
    if (account !== undefined) return { uid: Number(account[2]), gid: Number(account[3]) };
  }
  throw new KeelsonError(
    "engine.missing",
    "No user to run a PostgreSQL server as: root may not, and neither postgres nor nobody exists.",
    {
      hint: "Run as another user, or add one with: adduser --system postgres",
    },
  );
}
