namespace Tollgate.Accounting.Stores;

/// <summary>
/// Opens stores of one kind by URL. A program names those that it has: <c>UsageLedger.OpenAsync(url,
/// PostgreSqlStores.Factory)</c>.
/// </summary>
public interface ILedgerStoreFactory
{
    /// <summary>What may stand before <c>://</c>, such as <c>postgres</c>.</summary>
    IReadOnlyList<string> Schemes { get; }

    /// <summary>A store at an address; nothing is connected yet.</summary>
    /// <exception cref="FormatException">The address cannot be read; the message does not repeat its
    /// password.</exception>
    ILedgerStore Open(string url);
}
