using Tollgate.Operations.Collectors.Anthropic;
using Tollgate.Operations.Collectors.Google;
using Tollgate.Operations.Collectors.OpenAI;

namespace Tollgate.Operations.Collectors.Sources;

/// <summary>
/// The providers whose reports can be collected, with the variables that hold their keys and addresses.
/// </summary>
/// <param name="find">Returns the value of a variable of the configuration; null if it is not set.</param>
/// <param name="baseUrl">A base address that takes precedence over the variables; null for none.</param>
/// <param name="project">The Google Cloud project; default: <c>GOOGLE_CLOUD_PROJECT</c>.</param>
internal sealed class ReportSources(Func<string, string?> find, Uri? baseUrl, string? project)
{
    public static readonly string[] Providers = ["openai", "anthropic", "google"];

    /// <summary>The providers that have a key.</summary>
    public IReadOnlyList<string> Configured =>
        [.. Providers.Where(provider => find(KeyVariable(provider)) is not null)];

    /// <summary>The ids under which the ledger records calls to a provider.</summary>
    public static IReadOnlyList<string> LedgerProviderIds(string provider) =>
        provider == "google" ? ["gemini", "vertex_ai"] : [provider];

    /// <summary>Returns the access and the reports of a provider.</summary>
    /// <exception cref="CollectorException">Its key is not set, or is not valid.</exception>
    public (ReportAccess Access, IReadOnlyList<IReport> Reports) Create(string provider) =>
        provider switch
        {
            "openai" => (
                new ReportAccess(
                    provider,
                    Address("https://api.openai.com", "OPENAI_ADMIN_BASE_URL"),
                    KeyVariable(provider),
                    Key(provider)
                ),
                [.. OpenAIUsageReport.Kinds.Select(static kind => new OpenAIUsageReport(kind)), new OpenAICostReport()]
            ),
            "anthropic" => (Anthropic(), [new AnthropicUsageReport(), new AnthropicCostReport()]),
            _ => Google(),
        };

    private ReportAccess Anthropic()
    {
        var version = new Dictionary<string, string> { ["anthropic-version"] = "2023-06-01" };
        return new ReportAccess(
            "anthropic",
            Address("https://api.anthropic.com", "ANTHROPIC_ADMIN_BASE_URL"),
            KeyVariable("anthropic"),
            Key("anthropic")
        )
        {
            KeyHeader = "x-api-key",
            Headers = version,
        };
    }

    private (ReportAccess Access, IReadOnlyList<IReport> Reports) Google()
    {
        var id =
            project
            ?? find("GOOGLE_CLOUD_PROJECT")
            ?? throw new CollectorException(
                "No Google Cloud project is named, and GOOGLE_CLOUD_PROJECT is not set. "
                    + "Nothing was collected from google."
            );
        var access = new ReportAccess(
            "google",
            Address("https://monitoring.googleapis.com", "GOOGLE_MONITORING_BASE_URL"),
            KeyVariable("google"),
            Key("google")
        )
        {
            Scope = id,
            IsShortLived = true,
        };
        return (
            access,
            [
                new GoogleMetricReport(id, GoogleMetricReport.Tokens),
                new GoogleMetricReport(id, GoogleMetricReport.Requests),
            ]
        );
    }

    private static string KeyVariable(string provider) =>
        provider switch
        {
            "openai" => "OPENAI_ADMIN_KEY",
            "anthropic" => "ANTHROPIC_ADMIN_KEY",
            _ => "GOOGLE_ACCESS_TOKEN",
        };

    private string Key(string provider)
    {
        var variable = KeyVariable(provider);
        var key =
            find(variable)
            ?? throw new CollectorException(
                $"{variable} is not set, in the environment or in .env. Nothing was collected from {provider}."
            );
        return key.AsSpan().ContainsAnyExceptInRange('!', '~')
            ? throw new CollectorException(
                $"{variable} contains a space, a line break or a character that is not printable ASCII."
            )
            : key;
    }

    /// <summary>
    /// Clients write base addresses with or without <c>/v1</c>; the reports' own paths begin with it. Client variables
    /// such as
    /// <c>OPENAI_BASE_URL</c> are ignored: they may point to a gateway, which must not receive an admin key.
    /// </summary>
    private Uri Address(string own, string variable)
    {
        var text = baseUrl?.AbsoluteUri ?? find(variable) ?? own;
        if (!Uri.TryCreate(text, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
            throw new CollectorException($"The value of {variable} is not an address such as {own}.");
        var trimmed = address
            .GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped)
            .TrimEnd('/');
        return new Uri(trimmed.EndsWith("/v1", StringComparison.Ordinal) ? trimmed[..^3] : trimmed);
    }
}
