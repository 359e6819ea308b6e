using System.Globalization;
using Tollgate.Accounting.ImportExport;
using Tollgate.Accounting.Tracking;
using Tollgate.Analytics.Flows;
using Tollgate.Analytics.Flows.Analysis;

namespace Tollgate.Operations.ImportExport;

/// <summary>
/// Converts flows to ledger entries: the type becomes the application, the organization the project; region and status
/// become tags. A flow without an end gets the tag <see cref="Unfinished"/>. Its identity is derived from its id, so
/// that
/// it is recorded only once.
/// </summary>
internal static class FlowImport
{
    /// <summary>The tag of a flow that has not ended.</summary>
    public const string Unfinished = "unfinished";

    /// <summary>Reads the flows of a source.</summary>
    /// <param name="source">The source.</param>
    /// <param name="model">The model that all flows used; it is not part of the file.</param>
    public static IEnumerable<(UsageEntry? Entry, string? Problem)> Read(FlowSource source, string model) =>
        FlowRow.Read(source, new FlowOptions()).Select(row => ToEntry(row, model));

    private static (UsageEntry? Entry, string? Problem) ToEntry(FlowRow row, string model)
    {
        if (row.Rejected is { } rejected)
            return (null, rejected.Describe());
        if (row.Flow is not { } flow)
            return (null, $"line {row.Line}: '{row["created_at"]}' is not a valid time, which the ledger requires.");
        if (!IsWhole(flow.TokensIn) || !IsWhole(flow.TokensOut))
            return (
                null,
                $"line {row.Line}: the ledger requires whole tokens, not {flow.TokensIn} and {flow.TokensOut}."
            );
        var id = Text(row, "flow_id") ?? string.Create(CultureInfo.InvariantCulture, $"{row.Line}");
        return (
            new UsageEntry
            {
                Id = UsageImport.CreateIdentity(id, flow.CreatedAt),
                Timestamp = flow.CreatedAt,
                Model = model,
                PromptTokens = (long)flow.TokensIn.Rounded,
                CompletionTokens = (long)flow.TokensOut.Rounded,
                ExecutionTime = flow.FinishedAt - flow.CreatedAt ?? TimeSpan.Zero,
                CallerName = flow.Group.Length > 0 ? flow.Group : null,
                Username = Text(row, "user_id"),
                Project = Text(row, "org_id"),
                Session = Text(row, "flow_id"),
                Tags = Tags(row, flow),
            },
            null
        );
    }

    private static string? Tags(FlowRow row, Flow flow)
    {
        string[] tags =
        [
            .. Labelled("region", row),
            .. Labelled("status", row),
            .. flow.FinishedAt is null ? (string[])[Unfinished] : [],
        ];
        return tags.Length > 0 ? string.Join(',', tags) : null;
    }

    private static IEnumerable<string> Labelled(string column, FlowRow row) =>
        Text(row, column) is { } text ? [$"{column}={text.Replace(',', ' ')}"] : [];

    private static string? Text(FlowRow row, string column) =>
        row[column] is { } text && !string.IsNullOrWhiteSpace(text) ? text.Trim() : null;

    private static bool IsWhole(TokenAmount amount) => amount.Nano % TokenAmount.PerToken == 0;
}
