namespace Tollgate.Accounting;

/// <summary>This version cannot use the database's schema. The message explains what to do.</summary>
public sealed class LedgerSchemaException(string message) : Exception(message);
