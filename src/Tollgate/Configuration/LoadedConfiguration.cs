using Tollgate.Configuration.Drafts;
using Tollgate.Configuration.Settings;
using Tollgate.Operations.Problems;

namespace Tollgate.Configuration;

/// <summary>A loaded configuration, with all problems found.</summary>
internal sealed record LoadedConfiguration
{
    /// <summary>The settings of the gateway. Must not be used if there are errors.</summary>
    public required GatewaySettings Settings { get; init; }

    /// <summary>The file; null if there is none.</summary>
    public string? File { get; init; }

    /// <summary>The request limits defined in the file.</summary>
    public IReadOnlyList<RateLimitRule> RateLimits { get; init; } = [];

    /// <summary>The budget defined in the file.</summary>
    public BudgetRule? Budget { get; init; }

    /// <summary>All problems, in the order in which they were found.</summary>
    public required IReadOnlyList<ConfigurationProblem> Problems { get; init; }

    public bool HasErrors => Problems.Any(static problem => problem.Kind == ProblemKind.Error);
}
