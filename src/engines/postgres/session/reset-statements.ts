/** Undo what a revision may leave on a session; each may run in a transaction, so they may also follow a COMMIT in one request. */
export const resetStatements: readonly string[] = ["RESET ROLE", "RESET SESSION AUTHORIZATION", "RESET ALL"];
