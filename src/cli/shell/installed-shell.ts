import { childEnvironment } from "../../config/environment.ts";
import type { Settings } from "../../config/settings.ts";
import type { ProgramOptions } from "../../platform/child-process.ts";

/** What a shell was asked for. */
export interface ShellRequest {
  readonly database?: string;
  readonly command?: string;
}

/**
 * How to start `psql` or `sqlite3` on the project's connection; null where only the built-in prompt can serve. Secrets
 * go into the environment: a command line can be read by every user of the machine.
 */
export function installedShell(settings: Settings, request: ShellRequest): ProgramOptions | null {
  const url = settings.connection.url.reveal();
  const pgUrl = /^postgres(?:ql)?(?:\+\w+)?:(\/\/.*)$/is.exec(url)?.[1];
  if (pgUrl !== undefined) return psql(`postgresql:${pgUrl}`, settings, request);
  const file = /^sqlite:(\/[^?%]+)$/i.exec(url)?.[1];
  const needsBuiltIn = request.database !== undefined || request.command?.trimStart().startsWith("\\") === true;
  if (file === undefined || needsBuiltIn) return null;
  const once = request.command === undefined ? [] : ["-bail", "-header", "-column"];
  return {
    command: "sqlite3",
    args: [...once, file, ...(request.command === undefined ? [] : [request.command])],
    cwd: settings.root,
  };
}

function psql(url: string, settings: Settings, request: ShellRequest): ProgramOptions | null {
  const parts = withoutPassword(url);
  if (parts === null) return null;
  const target = request.database === undefined ? parts.url : withDatabase(parts.url, request.database);
  const command = request.command === undefined ? [] : ["-c", request.command];
  const password = parts.password === null ? {} : { PGPASSWORD: parts.password };
  return {
    command: "psql",
    args: ["-d", target, ...command],
    env: childEnvironment({ ...settings.pgVariables.reveal(), ...password }),
    cwd: settings.root,
  };
}

/**
 * Takes the password out of a connection URL, wherever it stands in it. Null where that is not certain, or where there
 * is another secret that psql takes from its command line only.
 */
export function withoutPassword(url: string): { readonly url: string; readonly password: string | null } | null {
  const question = url.indexOf("?");
  const [address, query] = question === -1 ? [url, ""] : [url.slice(0, question), url.slice(question + 1)];
  const at = address.lastIndexOf("@");
  // A question mark may belong to a password that is not encoded, and then everything after it does as well.
  if (at === -1 && query.includes("@")) return null;
  const scheme = "postgresql://";
  const account = at === -1 ? "" : address.slice(scheme.length, at);
  const colon = account.indexOf(":");
  const user = colon === -1 ? account : account.slice(0, colon);
  let password = colon === -1 ? null : decode(account.slice(colon + 1));
  const kept: string[] = [];
  for (const parameter of query === "" ? [] : query.split("&")) {
    const [name = "", value = ""] = parameter.split("=", 2);
    if (name.toLowerCase() === "sslpassword") return null;
    if (name.toLowerCase() === "password") password = decode(value);
    else kept.push(parameter);
  }
  const server = address.slice(at === -1 ? scheme.length : at + 1);
  const rest = kept.length === 0 ? "" : `?${kept.join("&")}`;
  return { url: `${scheme}${user === "" ? "" : `${user}@`}${server}${rest}`, password };
}

function withDatabase(url: string, name: string): string {
  const [, server = "", query = ""] = /^(postgresql:\/\/[^/?]*)[^?]*(\?.*)?$/is.exec(url) ?? [];
  return `${server}/${encodeURIComponent(name)}${query}`;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // libpq would refuse it; the server then says that the password is wrong.
    return text;
  }
}
