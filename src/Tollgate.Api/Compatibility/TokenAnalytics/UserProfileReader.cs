using Tollgate.Analytics.Simulation.Questions;
using Tollgate.Api.Problems;

namespace Tollgate.Api.Compatibility.TokenAnalytics;

/// <summary>Reads the profile of a customer from a body.</summary>
internal static class UserProfileReader
{
    private const string Place = "/user_profile/";

    /// <summary>Returns the profile.</summary>
    /// <exception cref="ProblemException">A field is not valid; all errors are reported.</exception>
    public static UserProfile Read(UserProfileShape? shape)
    {
        shape ??= new UserProfileShape();
        var errors = new List<ProblemError>();
        if (shape.Name is { } name && !UserProfile.Names.Contains(name, StringComparer.OrdinalIgnoreCase))
            Add(errors, "name", $"one of {string.Join(", ", UserProfile.Names)}, not '{name}'");
        if (shape.UsageVolume is { } volume && !(volume > 0 && double.IsFinite(volume)))
            Add(errors, "usage_volume", "a number of tokens above 0");
        if (shape.PredictabilityPreference is { } share && !(share is >= 0 and <= 1))
            Add(errors, "predictability_preference", "from 0 to 1");
        if (shape.BudgetConstraint is < 0)
            Add(errors, "budget_constraint", "at least 0");
        if (errors.Count > 0)
            throw ProblemException.Invalid(errors);
        var profile = shape.Name is { } known ? UserProfile.ForName(known) : new UserProfile();
        return profile with
        {
            RiskTolerance = shape.RiskTolerance ?? profile.RiskTolerance,
            UsageVolume = shape.UsageVolume ?? profile.UsageVolume,
            PredictabilityPreference = shape.PredictabilityPreference ?? profile.PredictabilityPreference,
            Budget = shape.BudgetConstraint,
        };
    }

    private static void Add(List<ProblemError> errors, string field, string expected) =>
        errors.Add(
            new ProblemError
            {
                Pointer = Place + field,
                Code = "invalid_value",
                Message = $"{Place}{field} must be {expected}.",
            }
        );
}
