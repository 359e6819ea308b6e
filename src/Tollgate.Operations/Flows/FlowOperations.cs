using Tollgate.Accounting.Usage;
using Tollgate.Analytics.Flows;
using Tollgate.Analytics.Flows.Analysis;
using Tollgate.Metering.Pricing;
using Tollgate.Metering.Usage;
using Tollgate.Operations.ImportExport;
using Tollgate.Operations.Workspaces;

namespace Tollgate.Operations.Flows;

/// <summary>Analyzes flows: of files, and of the calls in the ledger.</summary>
/// <param name="workspace">The ledger and the prices.</param>
public sealed class FlowOperations(Workspace workspace)
{
    private static readonly OrderedDictionary<string, Func<UsageRecord, string?>> Groups = new(StringComparer.Ordinal)
    {
        ["type"] = static record => record.Attribution.Application,
        ["model"] = static record => record.Model,
        ["provider"] = static record => record.Provider,
        ["org_id"] = static record => record.Attribution.Project,
        ["user_id"] = static record => record.Attribution.User,
        ["session"] = static record => record.Attribution.Session,
        ["status"] = static record => record.Outcome.ToString(),
        ["region"] = static record => FindTag(record, "region="),
        ["none"] = static _ => null,
    };

    /// <summary>The groupings of <see cref="AnalyzeLedgerAsync"/>.</summary>
    public static IReadOnlyCollection<string> LedgerGroups => Groups.Keys;

    /// <summary>Analyzes the flows of files.</summary>
    /// <param name="sources">The files.</param>
    /// <param name="options">The analysis.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <exception cref="FlowFileException">A file cannot be read, or a row is invalid in strict mode.</exception>
    public static Task<FlowReport> AnalyzeAsync(
        IReadOnlyList<FlowSource> sources,
        FlowOptions options,
        CancellationToken cancellationToken
    ) => Task.Run(() => FlowAnalysis.Run(sources, options, cancellationToken), cancellationToken);

    /// <summary>Analyzes the calls of a period in the ledger.</summary>
    /// <param name="period">The period.</param>
    /// <param name="by">One of <see cref="LedgerGroups"/>.</param>
    /// <param name="options">The analysis; its prices apply only if <paramref name="isPriced"/>.</param>
    /// <param name="isPriced">True to price the calls; false for their recorded cost.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    public Task<FlowReport> AnalyzeLedgerAsync(
        UsagePeriod period,
        string by,
        FlowOptions options,
        bool isPriced,
        CancellationToken cancellationToken
    )
    {
        var group =
            Groups.GetValueOrDefault(by)
            ?? throw new OperationException(
                OperationError.Invalid,
                $"Calls cannot be grouped by '{by}'. Use one of {string.Join(", ", Groups.Keys)}."
            );
        var analysis = options with
        {
            Columns = new FlowColumns { Group = by == "none" ? null : by },
            Prices = isPriced ? options.Prices : FlowPrices.Booked,
        };
        var flows = workspace
            .OpenQuery()
            .ReadAsync(new UsageSelection { Period = period, Order = UsageOrder.OldestFirst }, cancellationToken)
            .ToBlockingEnumerable(cancellationToken)
            .Where(IsCall)
            .Select(record => ToFlow(record, group, isPriced));
        return Task.Run(() => FlowAnalysis.Run("ledger", flows, analysis), cancellationToken);
    }

    /// <summary>Returns the prices of a model: <c>MODEL</c> or <c>PROVIDER/MODEL</c>.</summary>
    /// <exception cref="OperationException">The price book does not contain the model's prices.</exception>
    public FlowPrices FindPrices(string model)
    {
        var (book, now) = (workspace.Prices, workspace.Now);
        var card = book.FindProvider(model, now) is { } provider
            ? book.Find(provider, model, now)
            : FindQualified(book, model, now);
        if (card is null)
            throw new OperationException(
                OperationError.NotFound,
                $"The price book has no unique price for '{model}'. "
                    + "Write PROVIDER/MODEL if several providers have it, or state prices per million tokens.",
                "prices"
            );
        var tier = card.FindTier(ServiceTier.Standard);
        if (tier?[UsageKind.InputText] is not { } input || tier[UsageKind.OutputText] is not { } output)
            throw new OperationException(
                OperationError.NotFound,
                $"The price book has no input and output price for '{model}'. State prices per million tokens."
            );
        return new FlowPrices(input * 1_000_000, output * 1_000_000, card.PriceVersion);
    }

    private static RateCard? FindQualified(PriceBook book, string name, DateTimeOffset now) =>
        name.Split('/', 2) is [var provider, var model] ? book.Find(provider, model, now) : null;

    /// <summary>Skips corrections, which are not calls, and attempts without usage, which are not flows.</summary>
    private static bool IsCall(UsageRecord record) =>
        record.Corrects is null && record.UsageSource != UsageSource.Missing;

    private static Flow ToFlow(UsageRecord record, Func<UsageRecord, string?> group, bool isPriced) =>
        new(
            group(record) ?? "",
            ToAmount(record.Usage.InputTokens),
            ToAmount(record.Usage.OutputTokens),
            record.StartedAt,
            FindTag(record, FlowImport.Unfinished) is null ? record.StartedAt + record.Duration : null
        )
        {
            HasOwnCost = !isPriced,
            Cost = record.Cost?.Usd,
        };

    private static TokenAmount ToAmount(long tokens) => new((Int128)tokens * TokenAmount.PerToken);

    /// <summary>Returns the part of a tag after its label.</summary>
    private static string? FindTag(UsageRecord record, string label) =>
        record
            .Attribution.Tags?.Split(',')
            .FirstOrDefault(tag => tag.StartsWith(label, StringComparison.Ordinal))
            ?[label.Length..];
}
