/** What happens while a verb runs: the same plain data for a terminal, for `--json` and for a library's caller. */
export type ProgressEvent =
  | { readonly event: "waiting"; readonly for: string; readonly waitedMs: number; readonly limitMs: number }
  /** What is being done on scratch databases and with files, where it may take a moment. */
  | { readonly event: "working"; readonly doing: string }
  | { readonly event: "notice"; readonly level: "info" | "warning"; readonly code: string; readonly message: string }
  | {
      readonly event: "run-started";
      readonly database: string;
      readonly direction: "up" | "down" | "both";
      readonly revisions: number;
      readonly target: string;
    }
  | {
      readonly event: "revision-started";
      readonly id: string;
      readonly message: string;
      readonly direction: "up" | "down";
      readonly index: number;
      readonly of: number;
    }
  | {
      readonly event: "statement";
      readonly id: string;
      readonly index: number;
      readonly of: number;
      readonly sql: string;
      readonly transactional: boolean;
    }
  | {
      readonly event: "revision-finished";
      readonly id: string;
      readonly message: string;
      readonly direction: "up" | "down";
      readonly outcome: "applied" | "reverted" | "skipped" | "resumed";
      readonly durationMs: number;
      readonly index: number;
      readonly of: number;
    }
  | {
      /** How far a revision that is written as code has come; `done` and `total` where it counts. */
      readonly event: "revision-progress";
      readonly id: string;
      readonly message: string;
      readonly done: number | null;
      readonly total: number | null;
    }
  | {
      /** What a revision that is written as code has to say. */
      readonly event: "revision-log";
      readonly id: string;
      readonly message: string;
    }
  | {
      /** The structure of a table after a revision that asked for it to be shown; no columns where it is not there. */
      readonly event: "revision-table";
      readonly id: string;
      readonly table: string;
      readonly columns: readonly {
        readonly name: string;
        readonly type: string;
        readonly nullable: boolean;
        readonly default: string | null;
      }[];
    }
  | {
      readonly event: "retry";
      readonly id: string;
      readonly attempt: number;
      readonly reason: string;
      readonly delayMs: number;
    };

/** Receives events in order; must not throw. */
export type ProgressSink = (event: ProgressEvent) => void;
