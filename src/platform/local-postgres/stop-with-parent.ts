import { spawn } from "node:child_process";
import { tmpdir } from "node:os";
import type { ServerUser } from "./server-user.ts";

/** Keeps a server from outliving this process. */
export interface ParentWatch {
  /** Ends the watch; the server is the caller's again. */
  end(): void;
}

/**
 * Stops process `pid` when this process ends, however it ends: a shell waits for the end of its input, which the system
 * closes even after SIGKILL. It acts only while `pidFile` still names that process, and then removes `folder`. A server is gone
 * when its pid file is: its process may linger as a zombie where nobody reaps orphans.
 */
export function stopWithParent(watch: {
  readonly pid: number;
  readonly pidFile: string;
  readonly signal: "QUIT" | "TERM";
  readonly folder: string;
  readonly user: ServerUser | null;
}): ParentWatch {
  const script = `
    if read -r word; then exit 0; fi
    [ "$(head -n 1 "$2" 2>/dev/null)" = "$1" ] || exit 0
    kill -s "$3" "$1"
    tries=0
    while [ -e "$2" ] && [ "$tries" -lt 100 ]; do tries=$((tries + 1)); sleep 0.1; done
    rm -rf "$4"`;
  const shell = spawn("/bin/sh", ["-c", script, "sh", String(watch.pid), watch.pidFile, watch.signal, watch.folder], {
    cwd: tmpdir(),
    stdio: ["pipe", "ignore", "ignore"],
    // A process group of its own, so that Ctrl-C in a terminal does not end the watch before the server.
    detached: true,
    ...watch.user,
  });
  shell.unref();
  shell.on("error", () => undefined);
  shell.stdin.on("error", () => undefined);
  if ("unref" in shell.stdin && typeof shell.stdin.unref === "function") shell.stdin.unref();
  return { end: () => void shell.stdin.end("end\n") };
}
