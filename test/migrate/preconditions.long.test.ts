import { rowsInTheWay } from "./preconditions-cases.ts";

rowsInTheWay("pglite");
