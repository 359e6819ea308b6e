namespace Tollgate.Accounting.Ledger.Stores;

/// <summary>Opens stores of one kind by their URL, so that a program can offer a store without this library knowing its driver.</summary>
public interface ILedgerStoreFactory
{
    /// <summary>The schemes of the URLs that it opens, in lower case and without a colon, such as <c>postgres</c>.</summary>
    IReadOnlyList<string> Schemes { get; }

    /// <summary>A store on the database that a URL names. Nothing is connected or changed yet.</summary>
    /// <exception cref="FormatException">The URL is not one; the message shows no password.</exception>
    ILedgerStore Open(string url);
}
