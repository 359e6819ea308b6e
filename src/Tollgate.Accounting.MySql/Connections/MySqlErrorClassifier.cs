using MySqlConnector;

namespace Tollgate.Accounting.MySql.Connections;

/// <summary>Classifies the errors of the driver and the server.</summary>
internal static class MySqlErrorClassifier
{
    private const int Deadlock = 1213,
        LockTimeout = 1205,
        NoSuchTable = 1146,
        StatementTimeout = 1969;

    /// <summary>
    /// Errors of a server that is gone or shutting down, whatever the request: no response in time (-1, of the driver),
    /// unreachable (1042, 2002, 2003), shutting down (1053, 1077, 1079), connection lost (1152 to 1161, 1184, 2006,
    /// 2013, 2055), or connection ended (1927, 3169, 4031).
    /// </summary>
    private static readonly HashSet<int> ServerGoneErrors =
    [
        (int)MySqlErrorCode.CommandTimeoutExpired,
        1042,
        1053,
        1077,
        1079,
        1152,
        1154,
        1155,
        1156,
        1157,
        1158,
        1159,
        1160,
        1161,
        1184,
        1927,
        2002,
        2003,
        2006,
        2013,
        2055,
        3169,
        4031,
    ];

    /// <summary>
    /// Errors that an operator can fix: too many connections (1040, 1203, 1226), the login (1044, 1045, 1129, 1130,
    /// 1698), missing database (1049), disk or memory (1021, 1030, 1037, 1038, 1041, 1114, 1135), a read-only server or
    /// replica (1290, 1792, 1836), a statement that was stopped (1317) or timed out (3024).
    /// </summary>
    private static readonly HashSet<int> RecoverableErrors =
    [
        1021,
        1030,
        1037,
        1038,
        1040,
        1041,
        1044,
        1045,
        1049,
        1114,
        1129,
        1130,
        1135,
        1203,
        1226,
        1290,
        1317,
        1698,
        1792,
        1836,
        3024,
        StatementTimeout,
        Deadlock,
        LockTimeout,
    ];

    private static readonly HashSet<int> RejectionErrors =
    [
        1048,
        1062,
        1118,
        1153,
        1264,
        1292,
        1366,
        1406,
        1644,
        1690,
        3819,
        4025,
    ];

    /// <summary>True if an automatic retry makes sense: two transactions conflicted.</summary>
    public static bool IsCollision(Exception failure) =>
        Numbers(failure).Any(static number => number is Deadlock or LockTimeout);

    /// <summary>True if the schema does not exist.</summary>
    public static bool IsMissingSchema(Exception failure) => Numbers(failure).Contains(NoSuchTable);

    /// <summary>
    /// True if the database is unavailable for a reason that an operator can fix, so that the same call may succeed
    /// later.
    /// </summary>
    public static bool IsUnavailable(Exception failure) =>
        // Already translated.
        failure is not LedgerUnavailableException
        && (IsServerGone(failure) || Numbers(failure).Any(RecoverableErrors.Contains));

    /// <summary>
    /// True if the server or the connection to it is gone: the driver wraps socket errors in errors without a number.
    /// </summary>
    public static bool IsServerGone(Exception failure) =>
        failure switch
        {
            LedgerUnavailableException => false, // Already translated.
            OperationCanceledException => false,
            _ => Numbers(failure).Any(ServerGoneErrors.Contains)
                || Chain(failure)
                    .Any(static cause =>
                        cause is IOException or TimeoutException or System.Net.Sockets.SocketException
                    ),
        };

    /// <summary>
    /// True if the records are the cause, so that they would fail again: a value that does not fit (1264, 1366, 1406,
    /// 1690), an invalid time (1292), a row or a statement that is too large (1118, 1153), a constraint (1048, 1062,
    /// 3819, 4025), an error of a user's trigger (1644), or values that the driver cannot send.
    /// </summary>
    public static bool IsRejection(Exception failure) =>
        failure is not LedgerUnavailableException && Numbers(failure).Any(RejectionErrors.Contains)
        || failure is ArgumentException or InvalidCastException or OverflowException;

    /// <summary>
    /// Returns the innermost message of the driver or the server: the outermost may only name what the driver was
    /// doing.
    /// </summary>
    public static string GetMessage(Exception failure) =>
        (Chain(failure).LastOrDefault(static cause => cause is MySqlException) ?? failure).Message.TrimEnd('.');

    private static IEnumerable<int> Numbers(Exception failure) =>
        Chain(failure).OfType<MySqlException>().Select(static cause => cause.Number);

    private static IEnumerable<Exception> Chain(Exception failure)
    {
        for (var cause = failure; cause is not null; cause = cause.InnerException)
            yield return cause;
    }
}
