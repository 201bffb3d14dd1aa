import { KeelsonError } from "../errors.ts";
import { formatDuration } from "./duration.ts";
import { type Attempt, poll } from "./poll.ts";

/** Which address to wait for, and for how long. */
export interface WaitForUrlOptions {
  readonly url: string;
  readonly timeoutMs: number;
  /** Milliseconds between two looks; 5000 unless told. */
  readonly everyMs?: number;
  /** Called after each look in vain. */
  readonly onWait?: (waitedMs: number, seen: string) => void;
  readonly signal?: AbortSignal;
}

const defaultEveryMs = 5000;
const longestLookMs = 10_000;

/**
 * Waits until an HTTP health address answers 2xx and returns the milliseconds that took. Throws `wait.timeout` with
 * what was last seen, `connection.tls` at once where the certificate is not trusted, since waiting can't change that.
 */
export async function waitForUrl(options: WaitForUrlOptions): Promise<number> {
  const address = parseAddress(options.url);
  const result = await poll<true>({
    everyMs: options.everyMs ?? defaultEveryMs,
    limitMs: options.timeoutMs,
    attempt: (remainingMs) => look(address, Math.max(1000, Math.min(remainingMs, longestLookMs)), options.signal),
    ...(options.onWait === undefined ? {} : { onWait: options.onWait }),
    ...(options.signal === undefined ? {} : { signal: options.signal }),
  });
  if (result.outcome === "done") return result.waitedMs;
  throw new KeelsonError(
    "wait.timeout",
    `${address.label} did not become healthy within ${formatDuration(options.timeoutMs)}; last seen: ${result.seen}. Nothing was changed.`,
    {
      hint: "Check that the service is running and that the address is its health address, or wait longer.",
      details: { address: address.label, waitedMs: result.waitedMs, seen: result.seen },
    },
  );
}

interface Address {
  readonly url: string;
  /** The address without credentials and query, which may hold tokens. */
  readonly label: string;
  readonly headers: Readonly<Record<string, string>>;
}

function parseAddress(text: string): Address {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !["http:", "https:"].includes(url.protocol)) {
    throw new KeelsonError("usage.invalid", "The address to wait for is not an http or https URL.", {
      hint: "Write the whole health address, for example http://localhost:8000/health.",
    });
  }
  const label = `${url.origin}${url.pathname}`;
  const credentials = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`;
  const headers = credentials === ":" ? {} : { authorization: `Basic ${Buffer.from(credentials).toString("base64")}` };
  url.username = "";
  url.password = "";
  return { url: url.href, label, headers };
}

async function look(address: Address, limitMs: number, signal: AbortSignal | undefined): Promise<Attempt<true>> {
  const limit = AbortSignal.timeout(limitMs);
  try {
    const response = await fetch(address.url, {
      headers: address.headers,
      // A redirect usually leads to a log-in page, whose 200 says nothing about health.
      redirect: "manual",
      signal: signal === undefined ? limit : AbortSignal.any([limit, signal]),
    });
    await response.body?.cancel();
    return response.ok ? { done: true, value: true } : { done: false, seen: `HTTP ${response.status}` };
  } catch (error) {
    if (limit.aborted) return { done: false, seen: `no answer within ${formatDuration(limitMs)}` };
    const code = networkCode(error);
    if (isCertificateProblem(code)) throw certificateError(address, code, error);
    return { done: false, seen: networkWords[code] ?? (code === "" ? "no connection" : `no connection (${code})`) };
  }
}

const networkWords: Readonly<Record<string, string>> = {
  ECONNREFUSED: "connection refused",
  ECONNRESET: "the connection was cut",
  UND_ERR_SOCKET: "the connection was cut",
  ENOTFOUND: "the host name is not known",
  EAI_AGAIN: "the host name can't be looked up",
  EHOSTUNREACH: "the host can't be reached",
  ENETUNREACH: "the network can't be reached",
  ETIMEDOUT: "the connection timed out",
};

function networkCode(error: unknown): string {
  for (let at: unknown = error; at instanceof Error; at = at.cause) {
    if ("code" in at && typeof at.code === "string") return at.code;
    const inner = at instanceof AggregateError ? at.errors[0] : undefined;
    if (inner instanceof Error && "code" in inner) return String(inner.code);
  }
  return "";
}

function isCertificateProblem(code: string): boolean {
  return /SELF_SIGNED|CERT|UNABLE_TO_GET_ISSUER|UNABLE_TO_VERIFY/.test(code);
}

function certificateError(address: Address, code: string, cause: unknown): KeelsonError {
  const reason = /SELF_SIGNED|UNABLE_TO/.test(code)
    ? "its certificate is self-signed or comes from an authority that this machine does not trust"
    : code === "CERT_HAS_EXPIRED"
      ? "its certificate has expired"
      : code === "ERR_TLS_CERT_ALTNAME_INVALID"
        ? "its certificate is for another host name"
        : "its certificate was not accepted";
  return new KeelsonError("connection.tls", `${address.label} answers, but ${reason} (${code}). Nothing was changed.`, {
    hint: "Set NODE_EXTRA_CA_CERTS to a file with the certificate of its authority, or wait for its http address.",
    details: { address: address.label, reason: code },
    cause,
  });
}
