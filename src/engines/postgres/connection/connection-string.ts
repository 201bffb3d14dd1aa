import { KeelsonError } from "../../../errors.ts";
import { checkParameter } from "./known-parameters.ts";

/** Connection parameters under libpq's names, as one connection string gives them. */
export type GivenParameters = ReadonlyMap<string, string>;

const uriPrefix = /^postgres(?:ql)?(?:\+[a-z0-9_]+)?:\/\//i;

/**
 * Reads a connection string as libpq does: a URI (several hosts, percent-encoding, socket folders) or keywords and
 * values. SQLAlchemy's driver suffixes (`postgresql+asyncpg://`) are accepted. A parameter that libpq does not know, or
 * that can't be honoured here, is a `connection.url` error that names it.
 */
export function parseConnectionString(text: string): GivenParameters {
  const prefix = uriPrefix.exec(text);
  const parameters = prefix ? parseUri(text.slice(prefix[0].length)) : parseKeywords(text);
  for (const [name, value] of parameters) checkParameter(name, value);
  return parameters;
}

/** Builds the error for a connection string that can't be used; the string itself is never part of it. */
export function urlError(message: string, hint?: string): KeelsonError {
  return new KeelsonError("connection.url", `The connection string can't be used: ${message}.`, {
    hint: hint ?? "The form is postgres://user:password@host:5432/database?sslmode=require.",
  });
}

/** One of the allowed words, or null when none is given; anything else is a `connection.url` error. */
export function oneOf<Word extends string>(name: string, value: string | null, words: readonly Word[]): Word | null {
  if (value === null) return null;
  const word = words.find((candidate) => candidate === value);
  if (word === undefined) throw urlError(`${name} can't be "${value}"`, `It is one of ${words.join(", ")}.`);
  return word;
}

function parseUri(rest: string): Map<string, string> {
  const parameters = new Map<string, string>();
  const position = readUserInfo(rest, parameters);
  const afterHosts = readHosts(rest, position, parameters);
  const question = rest.indexOf("?", afterHosts);
  if (rest[afterHosts] === "/") {
    const database = rest.slice(afterHosts + 1, question < 0 ? undefined : question);
    if (database !== "") parameters.set("dbname", decode(database, "the database name"));
  }
  if (question >= 0) readQuery(rest.slice(question + 1), parameters);
  return parameters;
}

/** libpq looks for the first `@` before the first `/`; returns where the hosts begin. */
function readUserInfo(rest: string, parameters: Map<string, string>): number {
  const end = rest.search(/[@/]/);
  if (end < 0 || rest[end] !== "@") return 0;
  const userInfo = rest.slice(0, end);
  const colon = userInfo.indexOf(":");
  const user = colon < 0 ? userInfo : userInfo.slice(0, colon);
  const password = colon < 0 ? "" : userInfo.slice(colon + 1);
  if (user !== "") parameters.set("user", decode(user, "the user name"));
  if (password !== "") parameters.set("password", decode(password, "the password"));
  return end + 1;
}

function readHosts(rest: string, start: number, parameters: Map<string, string>): number {
  const hosts: string[] = [];
  const ports: string[] = [];
  let at = start;
  for (;;) {
    const [host, afterHost] = readHost(rest, at);
    at = afterHost;
    let port = "";
    if (rest[at] === ":") {
      const end = endOf(rest, at + 1, /[/?,]/g);
      port = rest.slice(at + 1, end);
      at = end;
    }
    hosts.push(host);
    ports.push(port);
    if (rest[at] !== ",") break;
    at += 1;
  }
  const host = hosts.join(",");
  const port = ports.join(",");
  if (host !== "") parameters.set("host", decode(host, "the host"));
  if (port !== "") parameters.set("port", decode(port, "the port"));
  return at;
}

function readHost(rest: string, at: number): readonly [string, number] {
  if (rest[at] !== "[") {
    const end = endOf(rest, at, /[:/?,]/g);
    return [rest.slice(at, end), end];
  }
  const close = rest.indexOf("]", at);
  if (close < 0) throw urlError('an IPv6 address begins with "[" and has no "]"');
  if (close === at + 1) throw urlError("the IPv6 address between the brackets is empty");
  const next = rest[close + 1];
  if (next !== undefined && !":/?,".includes(next)) {
    throw urlError(`after the IPv6 address comes "${next}" instead of ":" or "/"`);
  }
  return [rest.slice(at + 1, close), close + 1];
}

function readQuery(query: string, parameters: Map<string, string>): void {
  if (query === "") return;
  for (const pair of query.split("&")) {
    const equals = pair.indexOf("=");
    if (equals < 0) throw urlError(`the parameter "${pair}" has no value`);
    if (pair.indexOf("=", equals + 1) >= 0) {
      throw urlError(`the parameter "${pair.slice(0, equals)}" has more than one "="`, 'Write "=" in a value as %3D.');
    }
    const name = decode(pair.slice(0, equals), "a parameter's name");
    const value = decode(pair.slice(equals + 1), `the parameter "${name}"`);
    if (name !== "ssl") parameters.set(name, value);
    else parameters.set("sslmode", modeOfSsl(value));
  }
}

/** `ssl=true` is libpq's word for JDBC URLs; `ssl=<mode>` is asyncpg's. */
function modeOfSsl(value: string): string {
  if (value === "true") return "require";
  if (["disable", "allow", "prefer", "require", "verify-ca", "verify-full"].includes(value)) return value;
  throw urlError(`the parameter "ssl" can't be "${value}"`, "Use sslmode=require, verify-full or disable instead.");
}

function parseKeywords(text: string): Map<string, string> {
  const parameters = new Map<string, string>();
  let at = 0;
  const skipSpaces = (): void => {
    while (at < text.length && /\s/.test(text.charAt(at))) at += 1;
  };
  for (skipSpaces(); at < text.length; skipSpaces()) {
    const nameEnd = endOf(text, at, /[=\s]/g);
    const name = text.slice(at, nameEnd);
    at = nameEnd;
    skipSpaces();
    if (text[at] !== "=") {
      throw urlError(
        parameters.size === 0 ? "it is neither a URL nor keywords and values" : `"=" is missing after "${name}"`,
      );
    }
    at += 1;
    skipSpaces();
    const [value, end] = readKeywordValue(text, at, name);
    parameters.set(name, value);
    at = end;
  }
  return parameters;
}

function readKeywordValue(text: string, start: number, name: string): readonly [string, number] {
  const quoted = text[start] === "'";
  let value = "";
  let at = quoted ? start + 1 : start;
  for (;;) {
    const character = text[at];
    if (character === undefined) {
      if (quoted) throw urlError(`the quoted value of "${name}" does not end`);
      return [value, at];
    }
    if (quoted ? character === "'" : /\s/.test(character)) return [value, quoted ? at + 1 : at];
    if (character === "\\") at += 1;
    value += text[at] ?? "";
    at += 1;
  }
}

function endOf(text: string, from: number, stop: RegExp): number {
  stop.lastIndex = from;
  const match = stop.exec(text);
  return match ? match.index : text.length;
}

function decode(text: string, what: string): string {
  if (/%00/.test(text)) throw urlError(`${what} contains %00`);
  if (/%(?![0-9a-f]{2})/i.test(text)) {
    throw urlError(`${what} contains a "%" that is not followed by two hex digits`, 'Write "%" itself as %25.');
  }
  try {
    return decodeURIComponent(text);
  } catch {
    throw urlError(`${what} is not valid UTF-8 after percent-decoding`);
  }
}
