/** A column of a result, as the server describes it. */
export interface WireField {
  readonly name: string;
  readonly dataTypeID: number;
}

/** What an ErrorResponse or NoticeResponse of the server says; `message` is the server's own text. */
export interface WireError {
  readonly message: string;
  readonly severity?: string | undefined;
  readonly code?: string | undefined;
  readonly detail?: string | undefined;
  readonly hint?: string | undefined;
  readonly position?: string | undefined;
  readonly where?: string | undefined;
  readonly schema?: string | undefined;
  readonly table?: string | undefined;
  readonly column?: string | undefined;
  readonly constraint?: string | undefined;
}

/** `I`: idle. `T`: in a transaction. `E`: in one that failed. */
export type TransactionStatus = "I" | "T" | "E";

/** Tells an error that the server sent from one of the network. */
export function isWireError(error: unknown): error is WireError {
  return error instanceof Error && "severity" in error && typeof error.severity === "string";
}
