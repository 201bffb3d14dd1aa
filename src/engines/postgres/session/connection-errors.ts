import { KeelsonError } from "../../../errors.ts";
import { addressLabel, type ServerAddress, type ServerTarget } from "../connection/server-target.ts";
import { tlsError } from "../connection/tls-settings.ts";
import { grantHint } from "./statement-errors.ts";
import { isWireError, type WireError } from "./wire-messages.ts";

/** What failed to connect where. */
export interface ConnectAttempt {
  readonly target: ServerTarget;
  readonly address: ServerAddress;
  readonly encrypted: boolean;
}

/** Turns whatever stopped a connection attempt into the error for the user. */
export function connectError(error: unknown, attempt: ConnectAttempt): KeelsonError {
  if (error instanceof KeelsonError) return error;
  return isWireError(error) ? refusalError(error, attempt) : networkError(error, attempt);
}

function refusalError(error: WireError, { target, address, encrypted }: ConnectAttempt): KeelsonError {
  const where = addressLabel(address);
  const { message } = error;
  const details = { sqlstate: error.code ?? null, server: where };
  const fail = (code: KeelsonError["code"], text: string, hint: string): KeelsonError =>
    new KeelsonError(code, text, { hint, details, cause: error });

  if (/unsupported startup parameter/i.test(message)) {
    const parameter = /parameter(?: in options)?:? "?([\w.]+)/i.exec(message)?.[1] ?? "options";
    return fail(
      "connection.url",
      `The pooler at ${where} does not accept the startup parameter "${parameter}".`,
      'Remove "options" from the connection string and PGOPTIONS, or connect to the server directly (directUrl).',
    );
  }
  if (error.code === "3D000" || /^(?:no such database|database ".*" does not exist)/i.test(message)) {
    return fail(
      "database.missing",
      `The server at ${where} has no database "${target.database}".`,
      "Create it with `keelson db create`, or correct the name in the connection string.",
    );
  }
  if (error.code === "57P03") {
    return fail(
      "connection.starting",
      `The server at ${where} does not accept connections yet: ${message}.`,
      "Wait for it with --wait SECONDS.",
    );
  }
  if (/no pg_hba\.conf entry/i.test(message)) {
    return fail(
      "connection.auth",
      `The server at ${where} does not admit user "${target.user}" to database "${target.database}" from here: ${message}.`,
      encrypted
        ? "Add a line for this user, database and address to the server's pg_hba.conf and reload it."
        : "It may admit encrypted connections only: try sslmode=require. Else add a line to its pg_hba.conf.",
    );
  }
  if (error.code === "28P01" || error.code === "28000" || /authentication failed/i.test(message)) {
    return fail(
      "connection.auth",
      `The server at ${where} refused user "${target.user}": ${message}.`,
      "Check user and password (URL, PGPASSWORD, ~/.pgpass). In a URL, write special characters percent-encoded.",
    );
  }
  if (error.code === "53300") {
    return fail(
      "connection.refused",
      `The server at ${where} has no connection left: ${message}.`,
      "Close idle connections, raise max_connections, or raise the role's connection limit; then try again.",
    );
  }
  if (error.code === "42501") {
    const role = target.user;
    return fail(
      "privilege.missing",
      `The role "${role}" lacks a privilege: ${message}.`,
      grantHint(message, role) ?? "Connect as another role, or have it granted.",
    );
  }
  return fail(
    "connection.refused",
    `The server at ${where} refused the connection: ${message}.`,
    "Check the server's log.",
  );
}

function networkError(error: unknown, { target, address, encrypted }: ConnectAttempt): KeelsonError {
  const where = addressLabel(address);
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  const message = error instanceof Error ? error.message : String(error);
  const details = { server: where, reason: code === "" ? null : code };
  const options = (hint: string) => ({ hint, details, cause: error });
  switch (code) {
    case "ENOTFOUND":
    case "EAI_AGAIN":
      return new KeelsonError(
        "connection.refused",
        `The host "${address.host}" was not found.`,
        options("Check the host's name in the connection string, and the network."),
      );
    case "ENOENT":
      return new KeelsonError(
        "connection.refused",
        `No server listens on the socket in ${where}.`,
        options("Check that PostgreSQL runs, and the folder and port of its socket."),
      );
    case "ETIMEDOUT":
    case "EHOSTUNREACH":
    case "ENETUNREACH":
      return new KeelsonError(
        "connection.timeout",
        `The server at ${where} can't be reached (${code}).`,
        options("Check the address, the network and firewalls."),
      );
    case "ECONNREFUSED":
      return new KeelsonError(
        "connection.refused",
        `Nothing accepts connections at ${where}.`,
        options(
          "Check that the server runs, and its host and port. Wait for one that is starting with --wait SECONDS.",
        ),
      );
    case "EACCES":
      return new KeelsonError(
        "connection.refused",
        `This user may not use the socket in ${where}.`,
        options("Check the folder's permissions."),
      );
    default:
      break;
  }
  if (/timeout expired/.test(message)) {
    return new KeelsonError(
      "connection.timeout",
      `The server at ${where} did not answer within ${target.connectTimeoutMs / 1000} s.`,
      options("Check the address and the network, or allow more with connect_timeout=SECONDS."),
    );
  }
  if (isTlsProblem(code, message, encrypted)) return tlsError(tlsReason(message, where), tlsHint(code), error);
  return new KeelsonError(
    "connection.refused",
    `The connection to ${where} ended before it was ready: ${message}.`,
    options("Check that a PostgreSQL server listens there, and its log."),
  );
}

function isTlsProblem(code: string, message: string, encrypted: boolean): boolean {
  if (/does not support SSL|establishing an SSL connection/.test(message)) return true;
  if (
    /^(?:ERR_TLS|ERR_SSL|ERR_OSSL|EPROTO|CERT_|UNABLE_TO|SELF_SIGNED|DEPTH_ZERO|HOSTNAME_MISMATCH|ERR_CRYPTO)/.test(
      code,
    )
  )
    return true;
  return encrypted && /certificate|\bSSL\b|\bTLS\b/i.test(message);
}

function tlsReason(message: string, where: string): string {
  if (/does not support SSL/.test(message)) return `the server at ${where} offers no encryption`;
  return `${message.replace(/\.$/, "")} (server ${where})`;
}

function tlsHint(code: string): string {
  if (code === "ERR_TLS_CERT_ALTNAME_INVALID") {
    return "The certificate is for another host name. Connect by the name it is made for, or use sslmode=verify-ca.";
  }
  if (/^(?:UNABLE_TO|SELF_SIGNED|DEPTH_ZERO|CERT_)/.test(code)) {
    return "The server's certificate is not signed by a trusted authority. Give the right one with sslrootcert=FILE.";
  }
  return "Check sslmode and the certificate files, or the server's ssl settings.";
}
