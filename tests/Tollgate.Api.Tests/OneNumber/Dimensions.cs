using Tollgate.Metering.Usage;

namespace Tollgate.Api.Tests.OneNumber;

/// <summary>The dimensions of records by their names in requests.</summary>
internal static class Dimensions
{
    public static readonly IReadOnlyDictionary<string, Func<UsageRecord, string?>> All = new Dictionary<
        string,
        Func<UsageRecord, string?>
    >(StringComparer.Ordinal)
    {
        ["model"] = static record => record.Model,
        ["provider"] = static record => record.Provider,
        ["key"] = static record => record.Attribution.KeyId,
        ["user"] = static record => record.Attribution.User,
        ["project"] = static record => record.Attribution.Project,
        ["application"] = static record => record.Attribution.Application,
        ["session"] = static record => record.Attribution.Session,
        ["end_user"] = static record => record.Attribution.EndUser,
        ["model_group"] = static record => record.ModelGroup,
        ["deployment"] = static record => record.Deployment,
        ["operation"] = static record => record.Operation,
    };

    /// <summary>Those that every report has.</summary>
    public static readonly IReadOnlyList<string> Common = ["model", "key", "user", "project", "provider"];

    /// <summary>Those with few values.</summary>
    public static readonly IReadOnlyList<string> Few =
    [
        "model",
        "provider",
        "key",
        "user",
        "project",
        "application",
        "model_group",
        "deployment",
        "operation",
    ];

    /// <summary>True if the search finds a record, which does not look at operations.</summary>
    public static bool IsFound(UsageRecord record, string text) =>
        All.Any(dimension => dimension.Key != "operation" && Names.Contains(dimension.Value(record), text));
}
