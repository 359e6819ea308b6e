using System.CommandLine;
using Tollgate.Accounting.Usage;
using Tollgate.Cli.Parsing;
using Tollgate.Collectors;
using Tollgate.Collectors.Google;
using Tollgate.Collectors.Sources;
using Tollgate.Configuration;

namespace Tollgate.Cli.Reconciliation;

/// <summary>The options of <c>collect</c> and <c>reconcile</c> that select the reports to collect.</summary>
internal sealed class CollectOptions
{
    private readonly Option<string> _from = new("--from")
    {
        Description = "The first day (UTC), such as 2026-11-01.",
        HelpName = "DATE",
        Required = true,
    };
    private readonly Option<string> _to = new("--to")
    {
        Description = "The last day, inclusive.",
        HelpName = "DATE",
        Required = true,
    };
    private readonly Option<Uri?> _baseUrl = new("--base-url")
    {
        Description =
            "The base URL of the provider's reports; default: OPENAI_ADMIN_BASE_URL, ANTHROPIC_ADMIN_BASE_URL or "
            + "GOOGLE_MONITORING_BASE_URL, otherwise the provider's own.",
        HelpName = "URL",
        CustomParser = static result =>
        {
            if (Uri.TryCreate(result.Tokens[0].Value, UriKind.Absolute, out var url) && url.Scheme is "http" or "https")
                return url;
            result.AddError("--base-url must be a URL such as https://api.openai.com.");
            return null;
        },
    };

    private readonly Option<string?> _project = new("--project")
    {
        Description = "The Google Cloud project; default: GOOGLE_CLOUD_PROJECT.",
        HelpName = "ID",
    };
    private readonly Option<string?> _csv = new("--csv")
    {
        Description = "Read Google's billing export from this file instead of calling the API.",
        HelpName = "FILE",
    };

    public CollectOptions(bool takesAll)
    {
        Provider = new("--provider")
        {
            Description = takesAll
                ? "openai, anthropic, google, or all (every provider with a key)."
                : "openai, anthropic or google.",
            Required = true,
        };
        Provider.AcceptOnlyFromAmong(takesAll ? [.. ReportSources.Providers, "all"] : ReportSources.Providers);
        _from.Validators.Add(Dates.Check);
        _to.Validators.Add(Dates.Check);
    }

    public Option<string> Provider { get; }

    /// <summary>The delay before a failed request is first retried.</summary>
    public TimeSpan FirstDelay { get; init; } = TimeSpan.FromSeconds(1);

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { Provider, _from, _to, _baseUrl, _project, _csv })
            command.Add(option);
        command.Validators.Add(result =>
        {
            if (result.GetResult(_csv) is not null && result.GetValue(Provider) != "google")
                result.AddError("--csv reads Google's billing export and requires --provider google.");
            if (result.GetResult(_baseUrl) is not null && result.GetValue(Provider) == "all")
                result.AddError(
                    "--base-url is the address of one provider and cannot be combined with --provider all."
                );
        });
    }

    /// <summary>The requested days; the end is exclusive.</summary>
    /// <exception cref="UsageException">The options are not whole days.</exception>
    public (DateOnly From, DateOnly To, UsagePeriod Period) Days(ParseResult parsed)
    {
        var period = Dates.Period(parsed.GetValue(_from), parsed.GetValue(_to));
        var (from, to) = (period.From!.Value.UtcDateTime, period.To!.Value.UtcDateTime);
        if (from.TimeOfDay != TimeSpan.Zero || to.TimeOfDay != TimeSpan.Zero)
            throw new UsageException("Reports are daily: --from and --to must be days, such as 2026-11-01.");
        if (to - from > TimeSpan.FromDays(3660))
            throw new UsageException("The period is longer than ten years.");
        return (DateOnly.FromDateTime(from), DateOnly.FromDateTime(to), period);
    }

    /// <summary>Collects the lines of the requested reports.</summary>
    /// <exception cref="CollectorException">A report could not be fetched or read.</exception>
    public async Task<IReadOnlyList<ReportedUsage>> CollectAsync(
        ParseResult parsed,
        ConfigurationRequest process,
        string dataFolder,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        var (from, to, _) = Days(parsed);
        if (parsed.GetValue(_csv) is { } file)
            return [.. BillingExport.Read(file).Where(line => line.Day >= from && line.Day < to)];
        var sources = new ReportSources(
            ConfigurationLoader.LoadVariables(process),
            parsed.GetValue(_baseUrl),
            parsed.GetValue(_project)
        );
        var providers = parsed.GetValue(Provider) is "all" ? sources.Configured : [parsed.GetValue(Provider)!];
        if (providers.Count == 0)
            throw new CollectorException(
                "No provider key is set. Set OPENAI_ADMIN_KEY, ANTHROPIC_ADMIN_KEY or GOOGLE_ACCESS_TOKEN."
            );
        var lines = new List<ReportedUsage>();
        foreach (var provider in providers)
        {
            var (access, reports) = sources.Create(provider);
            using var client = new ReportClient(access, time, FirstDelay);
            lines.AddRange(
                await new ReportCollector(client, reports, DayCache.For(dataFolder, access, time)).CollectAsync(
                    from,
                    to,
                    cancellationToken
                )
            );
        }

        return lines;
    }
}
