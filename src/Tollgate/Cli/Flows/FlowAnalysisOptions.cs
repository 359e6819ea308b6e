using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Tollgate.Analytics.Flows;
using Tollgate.Operations.Flows;

namespace Tollgate.Cli.Flows;

/// <summary>The options of the analysis.</summary>
internal sealed class FlowAnalysisOptions
{
    private readonly Option<string[]> _percentile = new("--percentile")
    {
        Description = "The cost percentiles, such as 50,90,99.",
        HelpName = "P,…",
        DefaultValueFactory = static _ => ["90"],
    };
    private readonly Option<string> _method = new("--method")
    {
        Description = "The interpolation method of percentiles, by numpy's names.",
        DefaultValueFactory = static _ => "linear",
    };
    private readonly Option<string> _definition = new("--definition")
    {
        Description =
            "How tokens are distributed over minutes: rounded (both ends to the nearest minute, equal shares), "
            + "touched (equal shares for each minute that the flow overlaps), seconds (by the time spent in each).",
        DefaultValueFactory = static _ => "rounded",
    };

    private readonly Option<string> _bucket = new("--bucket")
    {
        Description = "The length of the time buckets.",
        DefaultValueFactory = static _ => "minute",
    };
    private readonly Option<string> _timezone = new("--timezone")
    {
        Description =
            "The time zone of the reported peak and of hour boundaries. Times in the file without an offset are UTC.",
        HelpName = "ZONE",
        DefaultValueFactory = static _ => "UTC",
    };
    private readonly FlowPriceOptions _prices = new();

    public FlowAnalysisOptions()
    {
        _method.AcceptOnlyFromAmong(Names<PercentileMethod>());
        _definition.AcceptOnlyFromAmong(Names<TokenDistribution>());
        _bucket.AcceptOnlyFromAmong("minute", "5m", "hour");
        _percentile.Validators.Add(CheckPercentiles);
        _timezone.Validators.Add(static result =>
        {
            if (!TimeZoneInfo.TryFindSystemTimeZoneById(result.GetValueOrDefault<string>()!, out _))
                result.AddError(
                    $"'{result.GetValueOrDefault<string>()}' is not a valid time zone. Write one like Europe/Zurich."
                );
        });
    }

    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[_percentile, _method, _definition, _bucket, _timezone])
            command.Add(option);
        _prices.AddTo(command);
    }

    public TimeZoneInfo Zone(ParseResult parsed) => TimeZoneInfo.FindSystemTimeZoneById(parsed.GetValue(_timezone)!);

    /// <summary>True if prices are given, by number or by model.</summary>
    public bool HasPrices(ParseResult parsed) => _prices.AreSet(parsed);

    /// <summary>Returns the analysis.</summary>
    public FlowOptions Read(ParseResult parsed, FlowOperations flows)
    {
        var bucket = parsed.GetValue(_bucket) switch
        {
            "hour" => TimeSpan.FromHours(1),
            "5m" => TimeSpan.FromMinutes(5),
            _ => TimeSpan.FromMinutes(1),
        };
        return new FlowOptions
        {
            Percentiles = [.. Percentiles(parsed.GetValue(_percentile))],
            Method = Enum.Parse<PercentileMethod>(parsed.GetValue(_method)!, ignoreCase: true),
            Distribution = Enum.Parse<TokenDistribution>(parsed.GetValue(_definition)!, ignoreCase: true),
            Bucket = bucket,
            BucketOffset = TimeSpan.FromTicks(Zone(parsed).BaseUtcOffset.Ticks % bucket.Ticks),
            Prices = _prices.Read(parsed, flows),
        };
    }

    private static string[] Names<TEnum>()
        where TEnum : struct, Enum => [.. Enum.GetNames<TEnum>().Select(static name => name.ToLowerInvariant())];

    private static IEnumerable<decimal> Percentiles(string[]? values) =>
        Texts(values)
            .Select(static text => decimal.Parse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture));

    private static IEnumerable<string> Texts(string[]? values) =>
        (values ?? []).SelectMany(static value =>
            value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        );

    private static void CheckPercentiles(OptionResult result)
    {
        foreach (var text in Texts(result.GetValueOrDefault<string[]>()))
        {
            if (
                !decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var percent)
                || percent > 100
                || percent.Scale > 6
            )
                result.AddError($"--percentile '{text}' is not a number from 0 to 100 with at most six decimals.");
        }
    }
}
