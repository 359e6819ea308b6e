namespace Tollgate.Accounting.Stores;

/// <summary>Opens transcript stores of one kind by URL.</summary>
public interface ITranscriptStoreFactory
{
    /// <summary>The supported schemes before <c>://</c>, such as <c>postgres</c>.</summary>
    IReadOnlyList<string> Schemes { get; }

    /// <summary>Opens a store at an address, without connecting yet.</summary>
    /// <exception cref="FormatException">The address is invalid; the message does not contain its password.</exception>
    ITranscriptStore OpenTranscripts(string url);
}
