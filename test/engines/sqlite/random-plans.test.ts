import fc from "fast-check";
import { expect, test } from "vitest";
import {
  changeTo,
  contents,
  databaseWith,
  fillTables,
  independentPicture,
  sharedColumns,
} from "./planned-databases.ts";
import { randomSchema, relatedSchemas } from "./random-schemas.ts";

// Set it to some thousands after a change of the planner.
const runs = Number(process.env["KEELSON_TEST_RUNS"] ?? 60);

/** Half of the pairs differ in everything, so that tables are rebuilt; half in little, so that they are altered. */
const pairs = fc.oneof(fc.tuple(randomSchema, randomSchema), relatedSchemas);

test("any schema becomes any other, and back", async () => {
  await fc.assert(
    fc.asyncProperty(pairs, async ([one, other]) => {
      const database = await databaseWith(one);
      const first = await independentPicture(database);
      const wanted = await databaseWith(other);
      const there = await changeTo(database, other);
      expect(there.left).toEqual([]);
      expect(await independentPicture(database)).toBe(await independentPicture(wanted));
      const back = await changeTo(database, one);
      expect(back.left).toEqual([]);
      expect(await independentPicture(database)).toBe(first);
      await database.close();
      await wanted.close();
    }),
    { numRuns: runs },
  );
}, 120_000);

test("rows stay as they are, or nothing happens at all", async () => {
  await fc.assert(
    fc.asyncProperty(pairs, async ([one, other]) => {
      const database = await databaseWith(one);
      await fillTables(database);
      const wanted = await databaseWith(other);
      const shared = sharedColumns(await database.catalog(), await wanted.catalog());
      const before = await contents(database, shared);
      const picture = await independentPicture(database);
      const stopped = await changeTo(database, other).then(
        () => null,
        (error: unknown) => String(error),
      );
      if (stopped !== null) {
        expect(stopped).toMatch(/constraint failed|does not exist|cannot store|datatype mismatch/);
        expect(await independentPicture(database)).toBe(picture);
      }
      expect(await contents(database, shared)).toEqual(before);
      await database.close();
      await wanted.close();
    }),
    { numRuns: runs },
  );
}, 120_000);
