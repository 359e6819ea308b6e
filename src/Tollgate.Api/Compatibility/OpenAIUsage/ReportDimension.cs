using Tollgate.Accounting.Usage;

namespace Tollgate.Api.Compatibility.OpenAIUsage;

/// <summary>The names of OpenAI's reports for the dimensions of usage.</summary>
internal static class ReportDimension
{
    private static readonly (string Name, UsageDimension Dimension)[] Dimensions =
    [
        ("project_id", UsageDimension.Project),
        ("user_id", UsageDimension.User),
        ("api_key_id", UsageDimension.Key),
        ("model", UsageDimension.Model),
        ("line_item", UsageDimension.Model),
    ];

    /// <summary>The names by which usage is grouped.</summary>
    public static readonly IReadOnlyList<string> OfUsage = ["project_id", "user_id", "api_key_id", "model"];

    /// <summary>The names by which costs are grouped.</summary>
    public static readonly IReadOnlyList<string> OfCosts = ["project_id", "line_item", "api_key_id"];

    /// <summary>Returns the dimension with a name of the lists above.</summary>
    public static UsageDimension Find(string name) => Array.Find(Dimensions, pair => pair.Name == name).Dimension;
}
