namespace Tollgate.Accounting;

/// <summary>
/// A store rejects a batch because of its contents, and would reject it again: a value that a column cannot hold, or a
/// violated constraint. Nothing of the batch was recorded. Not for a store that is unavailable or misconfigured.
/// </summary>
public sealed class RecordRejectedException(string message, Exception? inner) : Exception(message, inner);
