namespace Tollgate.Accounting.Stores.Sqlite.Writing;

/// <summary>Work for the writer's thread in a transaction, other than writing one record.</summary>
internal interface ILedgerWork
{
    /// <summary>Runs the work and returns the number of records it wrote.</summary>
    int Run(LedgerWriterConnection store);
}
