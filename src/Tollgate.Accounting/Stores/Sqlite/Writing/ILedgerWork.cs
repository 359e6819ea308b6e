namespace Tollgate.Accounting.Stores.Sqlite.Writing;

/// <summary>Something for the writer's thread to do in a transaction, other than booking one record.</summary>
internal interface ILedgerWork
{
    /// <summary>Does it, and gives the number of records that it booked.</summary>
    int Run(SqliteLedgerWriter store);
}
