namespace Tollgate.Accounting;

/// <summary>The database's schema is not one that this version can use. The message says what to do.</summary>
public sealed class LedgerSchemaException(string message) : Exception(message);
