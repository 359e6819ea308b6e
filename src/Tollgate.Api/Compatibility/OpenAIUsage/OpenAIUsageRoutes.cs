using System.Text.Json.Serialization.Metadata;
using Tollgate.Api.Authorization;
using Tollgate.Api.Parameters;
using Tollgate.Identity.Permissions;

namespace Tollgate.Api.Compatibility.OpenAIUsage;

/// <summary>The rows of OpenAI's reports on usage and costs.</summary>
internal static class OpenAIUsageRoutes
{
    public static readonly OptionalIntegerParameter StartTime = new(
        "start_time",
        0,
        int.MaxValue,
        "The start of the report, as seconds since 1970."
    )
    {
        IsRequired = true,
    };
    public static readonly OptionalIntegerParameter EndTime = new(
        "end_time",
        0,
        int.MaxValue,
        "The end of the report, exclusive. Default: now."
    );
    public static readonly ChoiceParameter<BucketWidth> Width = new(
        "bucket_width",
        BucketWidth.Day,
        "The width of the buckets, in UTC.",
        (BucketWidth.Day.Name, BucketWidth.Day),
        (BucketWidth.Hour.Name, BucketWidth.Hour),
        (BucketWidth.Minute.Name, BucketWidth.Minute)
    );
    public static readonly ChoiceParameter<BucketWidth> WidthOfCosts = new(
        "bucket_width",
        BucketWidth.DayOfCosts,
        "The width of the buckets, in UTC.",
        (BucketWidth.DayOfCosts.Name, BucketWidth.DayOfCosts)
    );
    public static readonly RepeatedParameter Projects = new("project_ids", "Only these projects.");
    public static readonly RepeatedParameter Users = new("user_ids", "Only these users.");
    public static readonly RepeatedParameter Keys = new("api_key_ids", "Only these virtual keys, by their ids.");
    public static readonly RepeatedParameter Models = new("models", "Only these models.");
    public static readonly RepeatedParameter GroupBy = new("group_by", "The properties to group by.")
    {
        Allowed = ReportDimension.OfUsage,
    };
    public static readonly RepeatedParameter GroupCostsBy = new("group_by", "The properties to group by.")
    {
        Allowed = ReportDimension.OfCosts,
    };
    public static readonly OptionalIntegerParameter Limit = new(
        "limit",
        1,
        1440,
        "The maximum number of buckets on a page: for 1d up to 31 (costs: 180), for 1h up to 168, for 1m up to 1440. "
            + "Default: 7, 24, or 60."
    );
    public static readonly TextParameter Page = new("page", "The next_page of the page before.");

    /// <summary>The kinds of usage that a gateway does not have: their reports have empty buckets.</summary>
    public static readonly IReadOnlyList<ApiRoute> Empty =
    [
        .. new[]
        {
            "moderations",
            "images",
            "audio_speeches",
            "audio_transcriptions",
            "vector_stores",
            "code_interpreter_sessions",
        }.Select(static kind =>
            Create($"usage/{kind}", OpenAIUsageJson.Default.CompletionsPageShape) with
            {
                Summary = "Returns empty buckets: the gateway serves no such calls.",
            }
        ),
    ];

    public static readonly ApiRoute Completions = Create(
        "usage/completions",
        OpenAIUsageJson.Default.CompletionsPageShape
    ) with
    {
        Summary = "Returns the usage of all calls except embeddings by bucket of time.",
    };

    public static readonly ApiRoute Embeddings = Create(
        "usage/embeddings",
        OpenAIUsageJson.Default.EmbeddingsPageShape
    ) with
    {
        Summary = "Returns the usage of embeddings by bucket of time.",
    };

    public static readonly ApiRoute Costs = Create("costs", OpenAIUsageJson.Default.CostsPageShape) with
    {
        Summary = "Returns the cost of all calls by day.",
        Parameters = [StartTime, EndTime, WidthOfCosts, Projects, Keys, GroupCostsBy, Limit, Page],
    };

    /// <summary>All rows.</summary>
    public static IReadOnlyList<ApiRoute> All => [Completions, Embeddings, .. Empty, Costs];

    private static ApiRoute Create(string path, JsonTypeInfo response) =>
        new("GET", "/v1/organization/" + path)
        {
            Area = "OpenAI reports",
            Summary = "",
            Access = RouteAccess.Within(Permission.UsageRead),
            Parameters = [StartTime, EndTime, Width, Projects, Users, Keys, Models, GroupBy, Limit, Page],
            Response = response,
            HasOpenAIErrors = true,
        };
}
