using System.Globalization;
using Tollgate.Analytics.Flows;
using Tollgate.Api.Parameters;
using Tollgate.Api.Problems;
using Tollgate.Api.Requests;
using Tollgate.Operations.Flows;

namespace Tollgate.Api.Endpoints.Jobs;

/// <summary>The parameters of an analysis of flows, which are options of <c>tollgate flows</c> as well.</summary>
internal static class FlowParameters
{
    private const int MaxPercentiles = 20;

    private static readonly TextParameter Percentile = new(
        "percentile",
        "The cost percentiles, separated by commas, such as 50,90,99. Default: 90."
    );
    private static readonly NameParameter<PercentileMethod> Method = new(
        "method",
        "The interpolation of percentiles. Default: linear."
    );
    private static readonly NameParameter<TokenDistribution> Definition = new(
        "definition",
        "The distribution of tokens over time. Default: rounded."
    );
    private static readonly ChoiceParameter<TimeSpan> Bucket = new(
        "bucket",
        TimeSpan.FromMinutes(1),
        "The length of the time buckets.",
        ("minute", TimeSpan.FromMinutes(1)),
        ("5m", TimeSpan.FromMinutes(5)),
        ("hour", TimeSpan.FromHours(1))
    );
    private static readonly TextParameter By = new(
        "by",
        "The column that groups flows: type, region, org_id, user_id, status, or none. Default: type."
    );
    private static readonly TextParameter Model = new(
        "model",
        "Prices of the price book: MODEL or PROVIDER/MODEL. Default: 2.50 and 10.00 USD per 1M tokens."
    );
    private static readonly ZoneParameter Zone = new("tz", "The IANA name of the time zone of the peak.");
    private static readonly BooleanParameter Strict = new("strict", false, "True to fail at the first invalid row.");

    private static readonly string[] Groups = ["type", "region", "org_id", "user_id", "status", "none"];

    /// <summary>All parameters.</summary>
    public static IReadOnlyList<ApiParameter> All => [Percentile, Method, Definition, Bucket, By, Model, Zone, Strict];

    /// <summary>Returns the time zone of the peak.</summary>
    public static TimeZoneInfo ReadZone(ApiRequest request) => request.Get(Zone);

    /// <summary>Reads the analysis.</summary>
    /// <exception cref="ProblemException">A parameter is not valid.</exception>
    public static FlowOptions Read(ApiRequest request, FlowOperations flows)
    {
        var by = request.Get(By) ?? "type";
        if (!Groups.Contains(by))
            throw CreateException("by", $"by must be one of {string.Join(", ", Groups)}, not '{by}'.");
        var bucket = request.Get(Bucket);
        return new FlowOptions
        {
            Percentiles = ReadPercentiles(request.Get(Percentile)),
            Method = request.Get(Method) ?? default,
            Distribution = request.Get(Definition) ?? default,
            Bucket = bucket,
            BucketOffset = TimeSpan.FromTicks(request.Get(Zone).BaseUtcOffset.Ticks % bucket.Ticks),
            Prices = request.Get(Model) is { } model ? flows.FindPrices(model) : FlowPrices.Default,
            Columns = new FlowColumns { Group = by == "none" ? null : by },
            Strict = request.Get(Strict),
        };
    }

    private static IReadOnlyList<decimal> ReadPercentiles(string? text)
    {
        if (text is null)
            return [90m];
        var parts = text.Split(',', StringSplitOptions.TrimEntries);
        var values = new List<decimal>(parts.Length);
        foreach (var part in parts)
        {
            if (
                values.Count < MaxPercentiles
                && decimal.TryParse(part, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var percent)
                && percent <= 100
                && percent.Scale <= 6
            )
                values.Add(percent);
            else
                throw CreateException(
                    "percentile",
                    $"percentile must be up to {MaxPercentiles} numbers from 0 to 100 with at most six decimals, "
                        + $"separated by commas, not '{part}'."
                );
        }

        return values;
    }

    private static ProblemException CreateException(string parameter, string message) =>
        ProblemException.Invalid(
            new ProblemError
            {
                Parameter = parameter,
                Code = "invalid_value",
                Message = message,
            }
        );
}
