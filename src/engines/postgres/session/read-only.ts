/** Put before each statement of a simple-protocol request of a session that only reads: makes the transaction read-only. */
export const readOnlyStatement = "SET TRANSACTION READ ONLY";

/**
 * The same for the extended protocol, executed before the query and in its transaction. A SET would do, but the server
 * would log a warning that it is outside a transaction.
 */
export const readOnlyQuery = "SELECT pg_catalog.set_config('transaction_read_only', 'on', true)";
