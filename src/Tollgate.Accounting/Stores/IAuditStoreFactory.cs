namespace Tollgate.Accounting.Stores;

/// <summary>Opens audit stores of one kind by URL.</summary>
public interface IAuditStoreFactory
{
    /// <summary>What may stand before <c>://</c>, such as <c>postgres</c>.</summary>
    IReadOnlyList<string> Schemes { get; }

    /// <summary>A store at an address; nothing is connected yet.</summary>
    /// <exception cref="FormatException">The address cannot be read; the message does not repeat its
    /// password.</exception>
    IAuditStore OpenAudit(string url);
}
