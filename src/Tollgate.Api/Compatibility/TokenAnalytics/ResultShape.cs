using System.Text.Json.Serialization;
using Tollgate.Operations.Collectors.Collections;
using Tollgate.Operations.Samples.Analyses;

namespace Tollgate.Api.Compatibility.TokenAnalytics;

/// <summary>
/// A simulation, an analysis, or a collection: the members of its kind when it is done, otherwise its progress.
/// </summary>
internal sealed record ResultShape
{
    /// <summary>False only in errors, which have another shape.</summary>
    public bool Success { get; init; } = true;

    /// <summary>The id of a simulation.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? SimulationId { get; init; }

    /// <summary>The id of an analysis.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? AnalysisId { get; init; }

    /// <summary>The id of a collection.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? CollectionId { get; init; }

    /// <summary>The kind: simulation, analysis, or collection.</summary>
    public required string Type { get; init; }

    /// <summary>The stage: queued, running, or succeeded.</summary>
    public required string Status { get; init; }

    /// <summary>The part that is done, from 0 to 1.</summary>
    public required double Progress { get; init; }

    /// <summary>When it ended; before, when it was started.</summary>
    public required DateTimeOffset Timestamp { get; init; }

    /// <summary>The charges of each plan of a simulation.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, PlanShape>? Results { get; init; }

    /// <summary>The distribution of each column of an analysis.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, ColumnAnalysis>? Distributions { get; init; }

    /// <summary>The dependence of the first two columns of an analysis.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public CorrelationAnalysis? Correlations { get; init; }

    /// <summary>The number of lines of a collection.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Records { get; init; }

    /// <summary>The sums of a collection.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public CollectionStatistics? Statistics { get; init; }
}
