import { vi } from "vitest";
import { concurrencyCases } from "./concurrency-cases.ts";

vi.setConfig({ testTimeout: 90_000 });

concurrencyCases({ processes: 8, sqlite: 6, seconds: 1 });
