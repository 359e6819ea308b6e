using Tollgate.Metering.Usage;

namespace Tollgate.Api.Tests.OneNumber;

/// <summary>A condition of a question, as a parameter and as a test of a record.</summary>
/// <param name="Field">The field of the filter.</param>
/// <param name="Operator">The operator of the filter.</param>
/// <param name="Values">The values; an empty one means that there is none.</param>
/// <param name="Holds">True for a record that it selects.</param>
internal sealed record Condition(
    string Field,
    string Operator,
    IReadOnlyList<string> Values,
    Func<UsageRecord, bool> Holds
)
{
    /// <summary>The parameters of the URL.</summary>
    public string Parameters =>
        string.Join('&', Values.Select(value => $"filter[{Field}][{Operator}]={Uri.EscapeDataString(value)}"));

    /// <summary>The values if it selects exactly those, and none of them is empty; otherwise null.</summary>
    public IReadOnlyList<string>? Names => Operator is "eq" or "in" && !Values.Contains("") ? Values : null;
}
