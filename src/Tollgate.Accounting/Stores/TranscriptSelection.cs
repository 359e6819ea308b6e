using Tollgate.Accounting.Usage;

namespace Tollgate.Accounting.Stores;

/// <summary>Selects rows of the transcript log. A null property does not restrict the selection.</summary>
public sealed record TranscriptSelection
{
    /// <summary>When they happened.</summary>
    public UsagePeriod Period { get; init; }

    /// <summary>The call they belong to. Refusals are not asked for by it.</summary>
    public Guid? Call { get; init; }

    /// <summary>The user.</summary>
    public string? User { get; init; }

    /// <summary>The public id of the virtual key.</summary>
    public string? KeyId { get; init; }

    /// <summary>The most rows.</summary>
    public int Limit { get; init; } = 100;

    /// <summary>True if prompts and responses are read, too; a list of many entries can do without them.</summary>
    public bool WithTexts { get; init; } = true;
}
