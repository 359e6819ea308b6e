namespace Tollgate.Analytics.Simulation.Questions;

/// <summary>The profile of a customer who needs a plan.</summary>
public sealed record UserProfile
{
    private static readonly Dictionary<string, UserProfile> Named = new(StringComparer.OrdinalIgnoreCase)
    {
        ["startup"] = new()
        {
            Name = "startup",
            RiskTolerance = RiskTolerance.Medium,
            UsageVolume = 50_000_000,
            PredictabilityPreference = 0.5,
        },
        ["enterprise"] = new()
        {
            Name = "enterprise",
            RiskTolerance = RiskTolerance.Low,
            UsageVolume = 1_000_000_000,
            PredictabilityPreference = 0.9,
        },
        ["researcher"] = new()
        {
            Name = "researcher",
            RiskTolerance = RiskTolerance.Medium,
            UsageVolume = 20_000_000,
            PredictabilityPreference = 0.3,
        },
        ["hobbyist"] = new()
        {
            Name = "hobbyist",
            RiskTolerance = RiskTolerance.Low,
            UsageVolume = 1_000_000,
            PredictabilityPreference = 0.7,
        },
        ["agency"] = new()
        {
            Name = "agency",
            RiskTolerance = RiskTolerance.Medium,
            UsageVolume = 200_000_000,
            PredictabilityPreference = 0.6,
        },
        ["developer"] = new()
        {
            Name = "developer",
            RiskTolerance = RiskTolerance.High,
            UsageVolume = 10_000_000,
            PredictabilityPreference = 0.2,
        },
    };

    /// <summary>The names of the predefined profiles.</summary>
    public static IReadOnlyCollection<string> Names => Named.Keys;

    /// <summary>A name, for reports.</summary>
    public string Name { get; init; } = "";

    /// <summary>The importance of a bad month.</summary>
    public RiskTolerance RiskTolerance { get; init; } = RiskTolerance.Medium;

    /// <summary>Tokens per month, input and output, of all users; null means the workload's.</summary>
    public double? UsageVolume { get; init; }

    /// <summary>The importance of an even bill, from 0 to 1.</summary>
    public double PredictabilityPreference { get; init; } = 0.5;

    /// <summary>The mean charge in US dollars per month that must not be exceeded; null for none.</summary>
    public decimal? Budget { get; init; }

    /// <summary>A predefined profile, without a budget, which the caller must set.</summary>
    /// <exception cref="InvalidInputException">No profile has that name.</exception>
    public static UserProfile ForName(string name) =>
        Named.TryGetValue(name, out var profile)
            ? profile
            : throw new InvalidInputException(
                "profile",
                $"'{name}' is unknown: it must be one of {string.Join(", ", Named.Keys)}"
            );

    /// <summary>
    /// The weight of risk: 1, 0.5 or 0 by tolerance, plus the preference for predictability. It falls with tolerance,
    /// rises with the preference, and is 0 only if nothing but the mean matters.
    /// </summary>
    public double RiskWeight =>
        PredictabilityPreference
        + RiskTolerance switch
        {
            RiskTolerance.Low => 1,
            RiskTolerance.Medium => 0.5,
            _ => 0,
        };

    internal void Check(InputValidator check)
    {
        check.Require(
            Enum.IsDefined(RiskTolerance),
            "riskTolerance",
            $"must be low, medium or high, but is {RiskTolerance}"
        );
        if (UsageVolume is { } volume)
            check.Positive("usageVolume", volume);
        check.Share("predictabilityPreference", PredictabilityPreference);
        if (Budget is { } budget)
            check.NotNegative("budget", budget);
    }
}
