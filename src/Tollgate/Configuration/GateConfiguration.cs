using Tollgate.Configuration.Drafts;
using Tollgate.Configuration.Problems;
using Tollgate.Configuration.Settings;

namespace Tollgate.Configuration;

/// <summary>A configuration that was read, with all that was found wrong.</summary>
internal sealed record GateConfiguration
{
    /// <summary>What the gate is to be started with. Not to be used where there are errors.</summary>
    public required GateSettings Settings { get; init; }

    /// <summary>The file; null where there is none.</summary>
    public string? File { get; init; }

    /// <summary>Limits of requests that the file names.</summary>
    public IReadOnlyList<RateLimitRule> RateLimits { get; init; } = [];

    /// <summary>The budget that the file names.</summary>
    public BudgetRule? Budget { get; init; }

    /// <summary>Everything that is wrong, in the order in which it was found.</summary>
    public required IReadOnlyList<ConfigurationProblem> Problems { get; init; }

    public bool HasErrors => Problems.Any(static problem => problem.Kind == ProblemKind.Error);
}
