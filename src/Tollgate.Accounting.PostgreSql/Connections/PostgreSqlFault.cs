using Npgsql;

namespace Tollgate.Accounting.PostgreSql.Connections;

/// <summary>What an error of the driver or the server means for the caller.</summary>
internal static class PostgreSqlFault
{
    /// <summary>
    /// Whether another try by itself is in order: two transactions met (40), or a partition came or went between
    /// planning and running (23514 the default partition no longer takes a row, 42P01 and XX000 a dropped one was still
    /// in the plan).
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

    /// <summary>Whether the schema was never made.</summary>
    public static bool IsMissingSchema(Exception failure) =>
        failure is PostgresException { SqlState: PostgresErrorCodes.UndefinedTable };

    /// <summary>
    /// Whether the database is away, for whatever reason an operator can mend, so that the same call may succeed later:
    /// the connection (08), the login (28), no such database (3D), collisions that did not end (40), resources (53),
    /// locks (55), a server that stops or a statement stopped (57), its disk (58), or a standby that cannot write
    /// (25006).
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
            LedgerUnavailableException => false, // Said already.
            NpgsqlException or TimeoutException or IOException => true,
            _ => false,
        };

    /// <summary>
    /// Whether what was to be booked is at fault, so that the same records would fail again: a value that does not fit
    /// (22), a constraint (23), a row or an index entry that is too large (54), an exception of somebody's trigger
    /// (P0001), or what the driver cannot send.
    /// </summary>
    public static bool IsRefusal(Exception failure) =>
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
    /// Whether the server or the way to it is gone, whatever was asked of it: 08, 57P01 to 57P05, or no answer at all.
    /// </summary>
    public static bool IsServerGone(Exception failure) =>
        failure is PostgresException refusal
            ? refusal.SqlState is ['0', '8', ..] or ['5', '7', 'P', ..]
            : IsUnavailable(failure);

    /// <summary>
    /// Whether there was no answer in time, so that asking again at once would only wait as long again.
    /// </summary>
    public static bool IsTimeout(Exception failure) =>
        failure is TimeoutException || failure.InnerException is TimeoutException;

    /// <summary>Whether the partitions could not be made now, so that records go to the default partition.</summary>
    public static bool IsPartitionConflict(Exception failure) =>
        (failure as PostgresException ?? failure.InnerException as PostgresException)?.SqlState
            is PostgresErrorCodes.LockNotAvailable
                or PostgresErrorCodes.DeadlockDetected
                or PostgresErrorCodes.DuplicateTable
                or PostgresErrorCodes.InvalidObjectDefinition
                or PostgresErrorCodes.CheckViolation
                or PostgresErrorCodes.InsufficientPrivilege;
}
