using System.CommandLine;
using Tollgate.Cli.Parsing;
using Tollgate.Configuration;
using Tollgate.Operations.Collectors.Sources;

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
        Provider.AcceptOnlyFromAmong(
            takesAll
                ? [.. CollectorOperations.Providers, CollectRequest.AllProviders]
                : [.. CollectorOperations.Providers]
        );
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
    }

    /// <summary>The requested reports.</summary>
    /// <exception cref="UsageException">The options are not whole days.</exception>
    public CollectRequest Read(ParseResult parsed, ConfigurationRequest process)
    {
        var period = Dates.Period(parsed.GetValue(_from), parsed.GetValue(_to));
        var (from, to) = (period.From!.Value.UtcDateTime, period.To!.Value.UtcDateTime);
        if (from.TimeOfDay != TimeSpan.Zero || to.TimeOfDay != TimeSpan.Zero)
            throw new UsageException("Reports are daily: --from and --to must be days, such as 2026-11-01.");
        return new CollectRequest
        {
            Provider = parsed.GetRequiredValue(Provider),
            From = DateOnly.FromDateTime(from),
            To = DateOnly.FromDateTime(to),
            FindVariable = ConfigurationLoader.LoadVariables(process).Find,
            BaseUrl = parsed.GetValue(_baseUrl),
            Project = parsed.GetValue(_project),
            BillingExport = parsed.GetValue(_csv),
            FirstRetryDelay = FirstDelay,
        };
    }
}
