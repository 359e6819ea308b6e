namespace Tollgate.Accounting.Stores;

/// <summary>
/// Opens stores of one kind by URL. A program lists those it supports: <c>UsageLedger.OpenAsync(url,
/// PostgreSqlStores.Factory)</c>.
/// </summary>
public interface ILedgerStoreFactory
{
    /// <summary>The supported schemes before <c>://</c>, such as <c>postgres</c>.</summary>
    IReadOnlyList<string> Schemes { get; }

    /// <summary>Opens a store at an address, without connecting yet.</summary>
    /// <exception cref="FormatException">The address is invalid; the message does not contain its password.</exception>
    ILedgerStore Open(string url);
}
