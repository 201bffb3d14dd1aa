import { bit, geometry, halfvec, index, pgTable, sparsevec, vector } from "drizzle-orm/pg-core";

export const places = pgTable(
  "places",
  {
    embedding: vector("embedding", { dimensions: 3 }).default([1, 2.5, 3]),
    half: halfvec("half", { dimensions: 3 }),
    sparse: sparsevec("sparse", { dimensions: 5 }),
    bits: bit("bits", { dimensions: 4 }).default("1010"),
    at: geometry("at", { type: "point", mode: "xy", srid: 4326 }),
    path: geometry("path").array(),
  },
  (t) => [index("near").using("hnsw", t.embedding.op("vector_cosine_ops")).with({ m: 16, ef_construction: 64 })],
);
