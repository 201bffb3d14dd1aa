import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Catalog } from "../../../src/catalog/catalog.ts";
import { compareCatalogs } from "../../../src/catalog/compare.ts";
import type { Engine, Session } from "../../../src/engines/engine.ts";
import { postgresEngine } from "../../../src/engines/postgres/postgres-engine.ts";
import { postgresMajors } from "../../../src/testing/index.ts";
import { freshDatabase } from "../../support/postgres.ts";
import { attributeOf, type Flip } from "./catalog-ledger/flip.ts";
import { flipsOfTables } from "./catalog-ledger/flips-of-tables.ts";
import { flipsOfTheRest } from "./catalog-ledger/flips-of-the-rest.ts";
import { flipsOfTypesAndRoutines } from "./catalog-ledger/flips-of-types-and-routines.ts";
import { preparedScript, tablespaceScript } from "./catalog-ledger/prepared-database.ts";
import { modelledAttributes, readLedger } from "./catalog-ledger/read-ledger.ts";
import { registeredAttributes } from "./catalog-ledger/registered-attributes.ts";
import { columnsOfServer, missing } from "./catalog-ledger/server-columns.ts";

const flips = [...flipsOfTables, ...flipsOfTypesAndRoutines, ...flipsOfTheRest];
const ledger = await readLedger();

describe.each(postgresMajors)("PostgreSQL %i", (major) => {
  test("the page has each column of each system catalog, and none besides", async () => {
    const url = await freshDatabase({ major });
    expect(missing(ledger, await columnsOfServer(url), major)).toEqual([]);
  });
});

describe.each([18] as const)("each modelled attribute on PostgreSQL %i", (major) => {
  let engine: Engine;
  let session: Session;
  let before: Catalog;

  beforeAll(async () => {
    const home = { schema: "keelson", prefix: "" };
    engine = postgresEngine({ url: await freshDatabase({ major }), ledger: home, roles: ["ledger_*"] });
    session = await engine.open("write");
    for (const sql of tablespaceScript) await session.query(sql);
    await session.script((await engine.parse(preparedScript)).map(({ sql }) => sql));
    before = await engine.introspect(session);
  });
  afterAll(async () => {
    await session.close();
    await engine.close();
  });

  test.each(flips.filter(({ since }) => since <= major).map((one) => [one.finds[0], one] as const))(
    "%s",
    async (_name, one) => {
      await session.query("BEGIN");
      try {
        await change(one);
      } finally {
        await session.rollback();
      }
    },
  );

  async function change({ sql, finds }: Flip): Promise<void> {
    for (const statement of await engine.parse(sql)) await session.query(statement.sql);
    const after = await engine.introspect(session);
    expect(found(before, after)).toEqual(finds.toSorted());
    const { statements } = await engine.planChanges(after, before);
    for (const statement of statements) await session.query(statement.sql);
    const rest = found(await engine.introspect(session), before);
    expect(rest, statements.map((one) => one.sql).join(";\n")).toEqual([]);
  }

  test("every registered attribute is on the page", async () => {
    const registered = await registeredAttributes(engine, session);
    expect(registered.filter((name) => !modelledAttributes(ledger).includes(name) && !derived.has(name))).toEqual([]);
  });
});

test("each attribute on the page has a statement that changes it, and each statement an attribute on the page", () => {
  const flipped = new Set(flips.map(attributeOf));
  const modelled = modelledAttributes(ledger);
  expect(modelled.filter((name) => !flipped.has(name))).toEqual([]);
  expect([...flipped].filter((name) => !modelled.includes(name))).toEqual([]);
});

/** Attributes that follow from others, which the page says in words. */
const derived: ReadonlySet<string> = new Set([
  "column.inherited",
  "constraint.inherited",
  "extension.fixedSchema",
  "extension.usualComment",
  "extension.usualVersion",
  "constraint.usualName",
  "index.usualName",
]);

function found(from: Catalog, to: Catalog): readonly string[] {
  return compareCatalogs(from, to)
    .flatMap(({ id, what, attributes }) => {
      if (what === "added") return [`+${id}`];
      return what === "removed" ? [`-${id}`] : attributes.map(({ name }) => `${id} ${name}`);
    })
    .sort();
}
