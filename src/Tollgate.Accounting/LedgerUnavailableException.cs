namespace Tollgate.Accounting;

/// <summary>
/// The ledger cannot write, so nothing was made durable: answer 503 with Retry-After. A usage record that met this
/// is kept in memory and written when the ledger recovers; since an identity is booked once, it may also be sent again.
/// </summary>
public sealed class LedgerUnavailableException(string message, Exception? innerException)
    : IOException(message, innerException);
