using Npgsql;

namespace Tollgate.Accounting.PostgreSql.Connections;

/// <summary>Classifies the errors of the driver and the server.</summary>
internal static class PostgreSqlErrorClassifier
{
    /// <summary>
    /// True if an automatic retry makes sense: two transactions conflicted (40), or a partition was created or dropped
    /// between planning and execution (23514: the default partition no longer accepts a row; 42P01 and XX000: a dropped
    /// one was still in the plan).
    /// </summary>
    public static bool IsCollision(Exception failure) =>
        failure
            is PostgresException
        {
            SqlState: ['4', '0', ..]
                    or PostgresErrorCodes.CheckViolation
                    or PostgresErrorCodes.UndefinedTable
                    or PostgresErrorCodes.InternalError
        };

    /// <summary>True if the schema does not exist.</summary>
    public static bool IsMissingSchema(Exception failure) =>
        failure is PostgresException { SqlState: PostgresErrorCodes.UndefinedTable };

    /// <summary>
    /// True if the database is unavailable for a reason that an operator can fix, so that the same call may succeed
    /// later: the connection (08), the login (28), a missing database (3D), repeated conflicts (40), resources (53),
    /// locks (55), a server shutdown or a stopped statement (57), its disk (58), or a read-only standby (25006).
    /// </summary>
    public static bool IsUnavailable(Exception failure) =>
        failure switch
        {
            PostgresException refusal => refusal.SqlState
                is ['0', '8', ..]
                    or ['2', '8', ..]
                    or ['3', 'D', ..]
                    or ['4', '0', ..]
                    or ['5', '3', ..]
                    or ['5', '5', ..]
                    or ['5', '7', ..]
                    or ['5', '8', ..]
                    or PostgresErrorCodes.ReadOnlySqlTransaction,
            LedgerUnavailableException => false, // Already translated.
            NpgsqlException or TimeoutException or IOException => true,
            _ => false,
        };

    /// <summary>
    /// True if the records are the cause, so that they would fail again: a value that does not fit (22), a constraint
    /// (23), a row or an index entry that is too large (54), an exception in a user's trigger (P0001), or values that
    /// the driver cannot send.
    /// </summary>
    public static bool IsRejection(Exception failure) =>
        failure switch
        {
            PostgresException refusal => refusal.SqlState
                is ['2', '2', ..]
                    or ['2', '3', ..]
                    or ['5', '4', ..]
                    or PostgresErrorCodes.RaiseException,
            ArgumentException or InvalidCastException or OverflowException => true,
            _ => false,
        };

    /// <summary>
    /// True if the server or the connection to it is gone, whatever the request: 08, 57P01 to 57P05, or no response at
    /// all.
    /// </summary>
    public static bool IsServerGone(Exception failure) =>
        failure is PostgresException refusal
            ? refusal.SqlState is ['0', '8', ..] or ['5', '7', 'P', ..]
            : IsUnavailable(failure);

    /// <summary>
    /// True if there was no response in time, so that an immediate retry would only wait as long again.
    /// </summary>
    public static bool IsTimeout(Exception failure) =>
        failure is TimeoutException || failure.InnerException is TimeoutException;

    /// <summary>True if the partitions cannot be created now, so that records go to the default partition.</summary>
    public static bool IsPartitionConflict(Exception failure) =>
        (failure as PostgresException ?? failure.InnerException as PostgresException)?.SqlState
            is PostgresErrorCodes.LockNotAvailable
                or PostgresErrorCodes.DeadlockDetected
                or PostgresErrorCodes.DuplicateTable
                or PostgresErrorCodes.InvalidObjectDefinition
                or PostgresErrorCodes.CheckViolation
                or PostgresErrorCodes.InsufficientPrivilege;
}
