using Tollgate.Accounting.Usage;

namespace Tollgate.Api.Compatibility.OpenAIUsage;

/// <summary>A width of buckets with its numbers of buckets on a page.</summary>
/// <param name="Name">Its name in requests.</param>
/// <param name="Bucket">The length.</param>
/// <param name="DefaultLimit">The number on a page if none is requested.</param>
/// <param name="MaxLimit">The maximum number on a page.</param>
internal sealed record BucketWidth(string Name, UsageBucket Bucket, int DefaultLimit, int MaxLimit)
{
    public static readonly BucketWidth Day = new("1d", UsageBucket.Day, 7, 31);
    public static readonly BucketWidth Hour = new("1h", UsageBucket.Hour, 24, 168);
    public static readonly BucketWidth Minute = new("1m", UsageBucket.Minute, 60, 1440);

    /// <summary>The only one of costs.</summary>
    public static readonly BucketWidth DayOfCosts = new("1d", UsageBucket.Day, 7, 180);
}
