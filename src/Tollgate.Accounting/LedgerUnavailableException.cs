namespace Tollgate.Accounting;

/// <summary>
/// The ledger cannot write, so nothing was made durable: respond with 503 and Retry-After. The affected usage record is
/// kept in memory and written when the ledger recovers; since an identity is recorded once, it may also be sent again.
/// </summary>
public sealed class LedgerUnavailableException(string message, Exception? innerException)
    : IOException(message, innerException);
