import { createRequire } from "node:module";
import { formatLogLine } from "./log-line.ts";

/** The levels of a logger, from the most to the least talkative. */
export const logLevels = ["debug", "info", "warn", "error", "silent"] as const;

/** How much a logger writes. */
export type LogLevel = (typeof logLevels)[number];

/** Facts that go with a message; values are printed as JSON prints them, so a secret prints `***`. */
export type LogFields = Readonly<Record<string, unknown>>;

/** Writes one record, unless the level is too low. */
export interface LogMethod {
  (message: string): void;
  (fields: LogFields, message: string): void;
}

/** Writes records of what happens, for operators and machines. */
export interface Logger {
  readonly debug: LogMethod;
  readonly info: LogMethod;
  readonly warn: LogMethod;
  readonly error: LogMethod;
  /** Tells whether records of a level are written, so that costly fields need not be computed. */
  writes(level: Exclude<LogLevel, "silent">): boolean;
}

/** How and where a logger writes. */
export interface LoggerOptions {
  readonly level: LogLevel;
  /** `text`: a line for people; `json`: one object a line. */
  readonly format: "text" | "json";
  readonly colour: boolean;
  /** Standard error unless told. */
  readonly stream?: { write(text: string): unknown };
}

type RecordMethods = Record<Exclude<LogLevel, "silent">, (fields: LogFields, message: string) => void>;

/**
 * Makes a logger that costs nothing until a record is really written: the log library is loaded by the first one,
 * in the same call, so that records of a run that crashes right after are not lost.
 */
export function createLogger(options: LoggerOptions): Logger {
  const threshold = logLevels.indexOf(options.level);
  const writes = (level: LogLevel): boolean => logLevels.indexOf(level) >= threshold;
  let target: RecordMethods | undefined;
  const method = (level: Exclude<LogLevel, "silent">): LogMethod => {
    return (first: string | LogFields, message?: string): void => {
      if (!writes(level)) return;
      target ??= loadPino(options);
      if (typeof first === "string") target[level]({}, first);
      else target[level](first, message ?? "");
    };
  };
  return { debug: method("debug"), info: method("info"), warn: method("warn"), error: method("error"), writes };
}

/** A logger that writes nothing, for callers of the library that want none. */
export const silentLogger: Logger = createLogger({ level: "silent", format: "json", colour: false });

function loadPino(options: LoggerOptions): RecordMethods {
  const load = createRequire(import.meta.url);
  const pino: typeof import("pino").default = load("pino");
  const stream = options.stream ?? process.stderr;
  const { colour } = options;
  const write = (line: string): void => {
    stream.write(options.format === "json" ? line : `${formatLogLine(JSON.parse(line), { colour })}\n`);
  };
  return pino(
    {
      level: options.level,
      // The process and host are in the ledger; on every line they would only hide the message.
      base: null,
      timestamp: () => `,"time":"${new Date().toISOString()}"`,
      messageKey: "message",
      errorKey: "error",
      formatters: { level: (level) => ({ level }) },
      serializers: { error: (error: unknown) => describeError(error, options.level) },
    },
    { write },
  );
}

function describeError(error: unknown, level: LogLevel): unknown {
  if (!(error instanceof Error)) return error;
  const code = "code" in error ? { code: error.code } : {};
  const stack = level === "debug" ? { stack: error.stack } : {};
  return { ...code, message: error.message, ...stack };
}
