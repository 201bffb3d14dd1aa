import { vi } from "vitest";
import { concurrencyCases } from "./concurrency-cases.ts";

vi.setConfig({ testTimeout: 400_000 });

concurrencyCases({ processes: 50, sqlite: 20, seconds: 6 });
