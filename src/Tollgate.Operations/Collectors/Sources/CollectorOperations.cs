using Tollgate.Operations.Collectors.Google;
using Tollgate.Operations.Workspaces;

namespace Tollgate.Operations.Collectors.Sources;

/// <summary>
/// Collects the providers' own usage and cost reports. Days that are final are kept in the data folder.
/// </summary>
/// <param name="workspace">The data folder and the clock.</param>
public sealed class CollectorOperations(Workspace workspace)
{
    /// <summary>The names of the providers with reports.</summary>
    public static IReadOnlyList<string> Providers => ReportSources.Providers;

    /// <summary>Checks a request, and that its providers have keys, without sending anything.</summary>
    /// <exception cref="OperationException">It is not valid, or a key is missing.</exception>
    public static void Check(CollectRequest request)
    {
        CollectRequestValidator.Validate(request);
        if (request.BillingExport is not null)
            return;
        var sources = new ReportSources(request.FindVariable, request.BaseUrl, request.Project);
        try
        {
            foreach (var provider in FindProviders(request, sources))
                sources.Create(provider);
        }
        catch (CollectorException incomplete)
        {
            throw new OperationException(OperationError.Conflict, incomplete.Message);
        }
    }

    /// <summary>Collects the lines of the reports, by day, provider and model.</summary>
    /// <exception cref="CollectorException">A report could not be fetched or read, or no key is set.</exception>
    /// <exception cref="OperationException">The request is not valid.</exception>
    public async Task<IReadOnlyList<ReportedUsage>> CollectAsync(
        CollectRequest request,
        CancellationToken cancellationToken
    )
    {
        CollectRequestValidator.Validate(request);
        var lines = request.BillingExport is { } file
            ? BillingExportReader.Read(file).Where(line => line.Day >= request.From && line.Day < request.To)
            : await FetchAsync(request, cancellationToken);
        return
        [
            .. lines
                .OrderBy(static line => line.Day)
                .ThenBy(static line => line.Provider, StringComparer.Ordinal)
                .ThenBy(static line => line.Model, StringComparer.Ordinal),
        ];
    }

    private async Task<List<ReportedUsage>> FetchAsync(CollectRequest request, CancellationToken cancellationToken)
    {
        var sources = new ReportSources(request.FindVariable, request.BaseUrl, request.Project);
        var lines = new List<ReportedUsage>();
        foreach (var provider in FindProviders(request, sources))
        {
            var (access, reports) = sources.Create(provider);
            using var client = new ReportClient(access, workspace.Time, request.FirstRetryDelay);
            var cache = DayCache.For(workspace.Options.Ledger.DataFolder, access, workspace.Time);
            lines.AddRange(
                await new ReportCollector(client, reports, cache).CollectAsync(
                    request.From,
                    request.To,
                    cancellationToken
                )
            );
        }

        return lines;
    }

    /// <exception cref="CollectorException">None has a key.</exception>
    private static IReadOnlyList<string> FindProviders(CollectRequest request, ReportSources sources)
    {
        var providers = request.Provider == CollectRequest.AllProviders ? sources.Configured : [request.Provider];
        return providers.Count > 0
            ? providers
            : throw new CollectorException(
                "No provider key is set. Set OPENAI_ADMIN_KEY, ANTHROPIC_ADMIN_KEY or GOOGLE_ACCESS_TOKEN."
            );
    }
}
