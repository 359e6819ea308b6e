using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Tollgate.Accounting.Limits.Admission;
using Tollgate.Accounting.Registry;
using Tollgate.Accounting.Stores;
using Tollgate.Accounting.Transcripts.Writing;
using Tollgate.Metering.Pricing;

namespace Tollgate.Operations.Workspaces;

/// <summary>The data and settings of the use cases. A program creates them from its configuration.</summary>
public sealed record WorkspaceOptions
{
    /// <summary>
    /// The ledger, with its registry, limits, alerts and audit trail; its clock is the use cases' clock.
    /// </summary>
    public required LedgerOptions Ledger { get; init; }

    /// <summary>Names the transcript log; called when a use case needs it. Null if there is none.</summary>
    public Func<TranscriptOptions>? Transcripts { get; init; }

    /// <summary>Reads the prices in force; called when a use case needs them.</summary>
    public Func<PriceBook> Prices { get; init; } = static () => BuiltInPrices.Book;

    /// <summary>The limits of the configuration, by where they are defined.</summary>
    public IReadOnlyList<LimitSource> ConfiguredLimits { get; init; } = [];

    /// <summary>How calls are admitted.</summary>
    public AdmissionOptions Admission { get; init; } = new();

    /// <summary>The attributes that every call must name.</summary>
    public RegistryRequirements RegistryRequirements { get; init; }

    /// <summary>Creates the loggers, to which the use cases report what did not stop them.</summary>
    public ILoggerFactory LoggerFactory { get; init; } = NullLoggerFactory.Instance;
}
