using Tollgate.Accounting.Usage;

namespace Tollgate.Operations.Samples;

/// <summary>The numbers to analyze: columns of a CSV file, or of the ledger's calls.</summary>
public sealed record SampleRequest
{
    /// <summary>The path of a CSV file with a header line; null for the ledger.</summary>
    public string? File { get; init; }

    /// <summary>
    /// The columns: titles in the file, or those of <see cref="SampleOperations.LedgerColumns"/>. Empty for
    /// input_tokens and output_tokens.
    /// </summary>
    public IReadOnlyList<string> Columns { get; init; } = [];

    /// <summary>The period of the ledger's calls.</summary>
    public UsagePeriod Period { get; init; } = UsagePeriod.All;
}

/// <summary>Columns of the same length.</summary>
/// <param name="Columns">The columns by name.</param>
/// <param name="SkippedUnpriced">The number of calls that were skipped because a value of theirs is unknown.</param>
public sealed record Sample(IReadOnlyList<SampleColumn> Columns, long SkippedUnpriced);

/// <summary>A column of numbers.</summary>
/// <param name="Name">The name.</param>
/// <param name="Values">The values.</param>
public sealed record SampleColumn(string Name, double[] Values);
