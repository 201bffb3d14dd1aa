import { existsSync } from "node:fs";
import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import type { SecureVersion, TLSSocketOptions } from "node:tls";
import { KeelsonError } from "../../../errors.ts";
import { oneOf, urlError } from "./connection-string.ts";

/** libpq's `sslmode`. */
export type SslMode = "disable" | "allow" | "prefer" | "require" | "verify-ca" | "verify-full";

/** What is asked of the encryption of a connection, before any file is read. */
export interface TlsSettings {
  readonly mode: SslMode;
  /** A file with the authorities to trust, `system` for those of Node, or null for none. */
  readonly rootCertificates: string | null;
  readonly certificate: string | null;
  readonly key: string | null;
  readonly keyPassword: string | null;
  readonly revocations: string | null;
  readonly minVersion: SecureVersion | null;
  readonly maxVersion: SecureVersion | null;
  readonly direct: boolean;
  readonly channelBinding: "disable" | "prefer" | "require";
}

/** Options for the TLS handshake of one connection. */
export type TlsOptions = Pick<
  TLSSocketOptions,
  "rejectUnauthorized" | "ca" | "cert" | "key" | "crl" | "minVersion" | "maxVersion"
> & { readonly passphrase?: string; readonly checkServerIdentity?: () => undefined };

const modes: readonly SslMode[] = ["disable", "allow", "prefer", "require", "verify-ca", "verify-full"];
const versions = ["TLSv1", "TLSv1.1", "TLSv1.2", "TLSv1.3"] as const;

/** Collects the `ssl*` parameters with libpq's defaults: `prefer`, and the files in `~/.postgresql` where they exist. */
export function tlsSettings(value: (name: string) => string | null, homeDirectory: string | null): TlsSettings {
  const mode = oneOf("sslmode", value("sslmode"), modes);
  const direct = oneOf("sslnegotiation", value("sslnegotiation"), ["postgres", "direct"]) === "direct";
  const channelBinding =
    oneOf("channel_binding", value("channel_binding"), ["disable", "prefer", "require"]) ?? "prefer";
  const own = (name: string): string | null => {
    const path = homeDirectory === null ? null : join(homeDirectory, ".postgresql", name);
    return path !== null && existsSync(path) ? path : null;
  };
  const rootCertificates = value("sslrootcert") ?? own("root.crt");
  if (rootCertificates === "system" && mode !== null && mode !== "verify-full") {
    throw urlError(`sslrootcert=system does not go with sslmode=${mode}`, "Use sslmode=verify-full.");
  }
  const chosen = mode ?? (rootCertificates === "system" ? "verify-full" : "prefer");
  if (direct && !["require", "verify-ca", "verify-full"].includes(chosen)) {
    throw urlError(`sslnegotiation=direct does not go with sslmode=${chosen}`, "Use sslmode=require or stricter.");
  }
  const certificate = value("sslcert") ?? own("postgresql.crt");
  return {
    mode: chosen,
    rootCertificates,
    certificate,
    key: certificate === null ? null : (value("sslkey") ?? own("postgresql.key")),
    keyPassword: value("sslpassword"),
    revocations: value("sslcrl") ?? own("root.crl"),
    minVersion: oneOf("ssl_min_protocol_version", value("ssl_min_protocol_version"), versions),
    maxVersion: oneOf("ssl_max_protocol_version", value("ssl_max_protocol_version"), versions),
    direct,
    channelBinding,
  };
}

/**
 * Reads the files that the settings name. As in libpq, a root certificate makes the server's certificate checked in
 * every mode, the host name is checked by `verify-full` only, and the `verify` modes need a root certificate.
 */
export async function tlsOptions(settings: TlsSettings): Promise<TlsOptions> {
  const { mode, rootCertificates } = settings;
  const verifies = mode === "verify-ca" || mode === "verify-full";
  if (verifies && rootCertificates === null) {
    throw tlsError(
      `sslmode=${mode} needs a root certificate, and there is none`,
      "Give sslrootcert=FILE, put it into ~/.postgresql/root.crt, or use sslrootcert=system for the public authorities.",
    );
  }
  const ca =
    rootCertificates === null || rootCertificates === "system" ? null : await read(rootCertificates, "sslrootcert");
  const cert = settings.certificate === null ? null : await read(settings.certificate, "sslcert");
  if (cert !== null && settings.key === null) {
    throw tlsError("there is a client certificate but no private key", "Give sslkey=FILE.");
  }
  const key = settings.key === null ? null : await readKey(settings.key);
  const crl = settings.revocations === null || ca === null ? null : await read(settings.revocations, "sslcrl");
  return {
    rejectUnauthorized: rootCertificates !== null,
    ...(mode === "verify-full" ? {} : { checkServerIdentity: () => undefined }),
    ...(ca === null ? {} : { ca }),
    ...(cert === null ? {} : { cert }),
    ...(key === null ? {} : { key }),
    ...(settings.keyPassword === null ? {} : { passphrase: settings.keyPassword }),
    ...(crl === null ? {} : { crl }),
    ...(settings.minVersion === null ? {} : { minVersion: settings.minVersion }),
    ...(settings.maxVersion === null ? {} : { maxVersion: settings.maxVersion }),
  };
}

/** Builds the error for encryption that can't be set up as asked. */
export function tlsError(problem: string, hint: string, cause?: unknown): KeelsonError {
  return new KeelsonError("connection.tls", `The connection could not be encrypted as asked: ${problem}.`, {
    hint,
    cause,
  });
}

async function readKey(file: string): Promise<Buffer> {
  const facts = await stat(file).catch((error: unknown) => {
    throw unreadable(file, "sslkey", error);
  });
  // libpq's rule: nobody else may read it, but a key of root may be read by a group.
  const forbidden = facts.uid === 0 ? 0o027 : 0o077;
  if (process.platform !== "win32" && (facts.mode & forbidden) !== 0) {
    throw tlsError(`others may read the private key ${file}`, `Run: chmod 600 ${file}`);
  }
  return await read(file, "sslkey");
}

async function read(file: string, parameter: string): Promise<Buffer> {
  try {
    return await readFile(file);
  } catch (error) {
    throw unreadable(file, parameter, error);
  }
}

function unreadable(file: string, parameter: string, cause: unknown): KeelsonError {
  const reason = cause instanceof Error && "code" in cause ? String(cause.code) : "unreadable";
  return tlsError(
    `the file ${file} of ${parameter} can't be read (${reason})`,
    "Check the path and its permissions.",
    cause,
  );
}
