// PGlite by itself on a new folder: node open-pglite.mjs FOLDER
import { PGlite } from "@electric-sql/pglite";

const database = await PGlite.create(process.argv[2]);
await database.query("SELECT 1");
await database.close();
