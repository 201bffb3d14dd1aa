import { spawnSync } from "node:child_process";
import { chmod, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parseConnectionString } from "../../../src/engines/postgres/connection/connection-string.ts";
import { findPassword, passwordFromFile } from "../../../src/engines/postgres/connection/password-file.ts";
import { serverTarget, targetLabel } from "../../../src/engines/postgres/connection/server-target.ts";
import { postgresEngine } from "../../../src/engines/postgres/postgres-engine.ts";
import { temporaryFolder } from "../../support/project.ts";

/** Strings that are read the same by libpq, which is asked where it is installed. */
const accepted: readonly (readonly [text: string, parameters: Readonly<Record<string, string>>])[] = [
  ["postgres://", {}],
  ["postgresql://localhost", { host: "localhost" }],
  ["postgresql://localhost:5433", { host: "localhost", port: "5433" }],
  ["postgresql://localhost/mydb", { host: "localhost", dbname: "mydb" }],
  ["postgresql://user@localhost", { user: "user", host: "localhost" }],
  ["postgresql://user:secret@localhost", { user: "user", password: "secret", host: "localhost" }],
  ["postgresql://user:@localhost", { user: "user", host: "localhost" }],
  ["postgresql://:secret@localhost", { password: "secret", host: "localhost" }],
  ["postgresql://u:p:q@h", { user: "u", password: "p:q", host: "h" }],
  ["postgresql://u:p%40ss%2Fw%25rd@h/d", { user: "u", password: "p@ss/w%rd", host: "h", dbname: "d" }],
  ["postgresql://u:p#?@h/d", { user: "u", password: "p#?", host: "h", dbname: "d" }],
  ["postgresql:///mydb", { dbname: "mydb" }],
  ["postgresql:///mydb?host=localhost&port=5433", { dbname: "mydb", host: "localhost", port: "5433" }],
  ["postgresql://%2Fvar%2Flib%2Fpostgresql/dbname", { host: "/var/lib/postgresql", dbname: "dbname" }],
  ["postgresql:///d?host=/tmp", { dbname: "d", host: "/tmp" }],
  ["postgresql://[2001:db8::1234]/database", { host: "2001:db8::1234", dbname: "database" }],
  ["postgresql://[::1]:5433/d", { host: "::1", port: "5433", dbname: "d" }],
  ["postgresql://host1:123,host2:456/somedb", { host: "host1,host2", port: "123,456", dbname: "somedb" }],
  ["postgresql://host1,host2/d", { host: "host1,host2", port: ",", dbname: "d" }],
  ["postgresql://h1,h2,h3:5433/d", { host: "h1,h2,h3", port: ",,5433", dbname: "d" }],
  [
    "postgresql://other@localhost/otherdb?connect_timeout=10&application_name=myapp",
    { user: "other", host: "localhost", dbname: "otherdb", connect_timeout: "10", application_name: "myapp" },
  ],
  ["postgresql://h/d?ssl=true", { host: "h", dbname: "d", sslmode: "require" }],
  ["postgresql://h/d?options=-c%20geqo%3Doff", { host: "h", dbname: "d", options: "-c geqo=off" }],
  ["postgresql://h?user=a&password=b%26c", { host: "h", user: "a", password: "b&c" }],
  ["postgresql://h/%C3%A9t%C3%A9", { host: "h", dbname: "été" }],
  ["postgres://h/d?target_session_attrs=read-write", { host: "h", dbname: "d", target_session_attrs: "read-write" }],
  [
    "host=localhost port=5432 dbname=mydb connect_timeout=10",
    { host: "localhost", port: "5432", dbname: "mydb", connect_timeout: "10" },
  ],
  ["host = localhost  user='a b' password='it\\'s \\\\'", { host: "localhost", user: "a b", password: "it's \\" }],
  ["user=a\\ b dbname=''", { user: "a b", dbname: "" }],
  ["  dbname=x  ", { dbname: "x" }],
];

describe("connection strings", () => {
  test.each(accepted)("%s", (text, parameters) => {
    expect(Object.fromEntries(parseConnectionString(text))).toEqual(parameters);
  });

  test.each([
    ["postgres://h/d?sslmod=require", /unknown parameter, "sslmod"/, /sslmode/],
    ["postgres://h/d?schema=public", /unknown parameter, "schema"/, /Prisma/],
    ["postgres://h/d?pgbouncer=true", /"pgbouncer"/, /Prisma/],
    ["postgres://h/d?gssencmode=require", /"gssencmode" is not supported/, /"disable"/],
    ["postgres://u:50%@h/d", /the password contains a "%"/, /%25/],
    ["postgres://h/%00", /%00/, /./],
    ["postgres://[::1/d", /no "]"/, /./],
    ["postgres://[]/d", /empty/, /./],
    ["postgres://h?sslmode", /"sslmode" has no value/, /./],
    ["postgres://h?a=b=c", /more than one "="/, /%3D/],
    ["postgres://h?ssl=maybe", /"ssl" can't be/, /sslmode/],
    ["just words", /neither a URL nor keywords/, /postgres:\/\//],
    ["host=h password='open", /"password" does not end/, /./],
  ])("%s is refused", (text, message, hint) => {
    const refused = thrown(() => parseConnectionString(text));
    expect(refused).toMatchObject({
      code: "connection.url",
      message: expect.stringMatching(message),
      hint: expect.stringMatching(hint),
    });
  });

  test.each([
    ["postgres://h:1,h:2,h:3?port=1,2", /3 hosts for 2 ports/],
    ["postgres://h:99999", /"99999" is not a port/],
    ["postgres://h:x", /"x" is not a port/],
    ["postgres://h?sslmode=yes", /sslmode can't be "yes"/],
    ["postgres://h?target_session_attrs=master", /target_session_attrs can't be "master"/],
    ["postgres://h?connect_timeout=soon", /connect_timeout can't be "soon"/],
    ["postgres://h?service=none", /service "none" is not defined/],
    ["postgres://h?sslmode=prefer&sslnegotiation=direct", /sslnegotiation=direct/],
    ["postgres://h?sslmode=require&sslrootcert=system", /sslrootcert=system/],
  ])("%s is refused by its values", (text, message) => {
    const url = text.replace("h:1,h:2,h:3?port=1,2", "h,h,h?port=1,2");
    const refused = thrown(() =>
      postgresEngine({ url, ledger: { schema: "keelson", prefix: "" }, homeDirectory: "/nowhere" }),
    );
    expect(refused).toMatchObject({ code: "connection.url", message: expect.stringMatching(message) });
  });

  test.skipIf(libpqMissing())("libpq reads them the same way", () => {
    const texts = accepted.map(([text]) => text);
    const read = askLibpq(texts);
    expect(read).toEqual(accepted.map(([, parameters]) => withoutEmpty(parameters)));
  });
});

describe("targets", () => {
  const target = (text: string, environment: Record<string, string> = {}, homeDirectory: string | null = null) =>
    serverTarget(parseConnectionString(text), {
      environment,
      homeDirectory,
      applicationName: "keelson",
      connectTimeoutMs: 10_000,
    });

  test("the string wins over the environment, the environment over the defaults", () => {
    const environment = {
      PGHOST: "envhost",
      PGPORT: "6000",
      PGUSER: "envuser",
      PGDATABASE: "envdb",
      PGAPPNAME: "app",
      PGPASSWORD: "x",
    };
    expect(target("postgres://", environment)).toMatchObject({
      addresses: [{ host: "envhost", port: 6000 }],
      user: "envuser",
      database: "envdb",
      password: "x",
      applicationName: "app",
    });
    expect(target("postgres://u:p@h:1/d?application_name=mine", environment)).toMatchObject({
      addresses: [{ host: "h", port: 1 }],
      user: "u",
      database: "d",
      password: "p",
      applicationName: "mine",
    });
    expect(target("postgres://u@h")).toMatchObject({
      addresses: [{ host: "h", port: 5432 }],
      database: "u",
      password: null,
      applicationName: "keelson",
      connectTimeoutMs: 10_000,
      sessionAttributes: null,
      tls: { mode: "prefer", rootCertificates: null },
    });
  });

  test("several hosts each have a port, or share one", () => {
    expect(target("postgres://u@a:1,b,c:3").addresses.map(({ host, port }) => `${host} ${port}`)).toEqual([
      "a 1",
      "b 5432",
      "c 3",
    ]);
    expect(target("host=a,b port=7 user=u").addresses.map(({ host, port }) => `${host} ${port}`)).toEqual([
      "a 7",
      "b 7",
    ]);
    expect(target("postgres://u@name?hostaddr=10.0.0.1").addresses).toEqual([
      { host: "name", hostAddress: "10.0.0.1", port: 5432 },
    ]);
  });

  test("labels hold no secret", () => {
    const text = "postgres://me:s3cret@a:1,[::1]:2/my%20db?sslpassword=s3cret&options=-cx%3Ds3cret";
    expect(targetLabel(target(text))).toBe("postgres://me@a:1,[::1]:2/my%20db");
  });

  test("timeouts are seconds, of which one counts as two and none as no limit", () => {
    expect(target("postgres://u@h?connect_timeout=30").connectTimeoutMs).toBe(30_000);
    expect(target("postgres://u@h?connect_timeout=1").connectTimeoutMs).toBe(2000);
    expect(target("postgres://u@h", { PGCONNECT_TIMEOUT: "0" }).connectTimeoutMs).toBe(0);
  });

  test("a service gives what the string leaves out, before the environment", async () => {
    const home = await temporaryFolder("home");
    const file = join(home, ".pg_service.conf");
    await writeFile(
      file,
      "# comment\n[other]\nhost=no\n[shop]\nhost=shop.example\nport=6543\nuser=keeper\n[last]\nhost=no\n",
    );
    expect(target("postgres://?service=shop", { PGHOST: "env", PGDATABASE: "d" }, home)).toMatchObject({
      addresses: [{ host: "shop.example", port: 6543 }],
      user: "keeper",
      database: "d",
    });
    expect(target("postgres://me@/x", { PGSERVICE: "shop" }, home)).toMatchObject({
      user: "me",
      addresses: [{ host: "shop.example" }],
    });
    await writeFile(file, "[shop]\nhosst=x\n");
    expect(thrown(() => target("postgres://?service=shop", {}, home))).toMatchObject({
      message: expect.stringContaining('"hosst"'),
    });
  });

  test("passwords come from the file that only the user may read", async () => {
    const text = "# c\nother:*:*:*:no\n*:5433:*:*:no\nh:5432:d\\:b:u:p\\:\\\\w\n*:*:*:*:any\n";
    const question = (host: string, database = "d:b") => ({
      address: { host, hostAddress: null, port: 5432 },
      database,
      user: "u",
    });
    expect(findPassword(text, question("h"))).toBe("p:\\w");
    expect(findPassword(text, question("h", "else"))).toBe("any");
    expect(findPassword("localhost:*:*:*:socket", question("/tmp"))).toBe("socket");
    expect(findPassword("a:b", question("h"))).toBeNull();
    const file = join(await temporaryFolder("home"), ".pgpass");
    await writeFile(file, text, { mode: 0o600 });
    expect(await passwordFromFile(file, question("h"))).toBe("p:\\w");
    await chmod(file, 0o644);
    expect(await passwordFromFile(file, question("h"))).toBeNull();
    expect(await passwordFromFile(`${file}.none`, question("h"))).toBeNull();
  });
});

function thrown(work: () => unknown): unknown {
  try {
    work();
  } catch (error) {
    return error;
  }
  return null;
}

function withoutEmpty(parameters: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(parameters).filter(([, value]) => value !== ""));
}

const libpqProgram = `
import ctypes, json, sys
lib = ctypes.CDLL("libpq.so.5")
class Option(ctypes.Structure):
    _fields_ = [(n, ctypes.c_char_p) for n in ("keyword", "envvar", "compiled", "val", "label", "dispchar")] + [("dispsize", ctypes.c_int)]
lib.PQconninfoParse.restype = ctypes.POINTER(Option)
answers = []
for text in json.load(sys.stdin):
    options = lib.PQconninfoParse(text.encode(), None)
    answer, i = {}, 0
    while options and options[i].keyword:
        if options[i].val: answer[options[i].keyword.decode()] = options[i].val.decode()
        i += 1
    answers.append(answer)
print(json.dumps(answers))
`;

function askLibpq(texts: readonly string[]): unknown {
  const { stdout } = spawnSync("python3", ["-c", libpqProgram], { input: JSON.stringify(texts), encoding: "utf8" });
  return JSON.parse(stdout);
}

function libpqMissing(): boolean {
  const { status } = spawnSync("python3", ["-c", 'import ctypes; ctypes.CDLL("libpq.so.5")'], { stdio: "ignore" });
  if (status === 0) return false;
  process.stderr.write("\nSKIPPED: python3 with libpq.so.5 is not installed, so libpq is not asked\n");
  return true;
}
