using Tollgate.Accounting.MySql.Connections;
using Tollgate.Accounting.MySql.Ledger;
using Tollgate.Accounting.MySql.Transcripts;
using Tollgate.Accounting.Stores;

namespace Tollgate.Accounting.MySql;

/// <summary>Opens ledgers and transcript logs on MariaDB and MySQL by URL.</summary>
public sealed class MySqlStores : ILedgerStoreFactory, ITranscriptStoreFactory
{
    /// <summary>The shared instance.</summary>
    public static readonly MySqlStores Factory = new();

    private MySqlStores() { }

    /// <inheritdoc/>
    public IReadOnlyList<string> Schemes => MySqlUrl.Schemes;

    /// <inheritdoc/>
    public ILedgerStore Open(string url) => new MySqlLedgerStore(url);

    /// <inheritdoc/>
    public ITranscriptStore OpenTranscripts(string url) => new MySqlTranscriptStore(url);
}
