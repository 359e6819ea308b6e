using Tollgate.Accounting.Tracking;

namespace Tollgate.Accounting.ImportExport;

/// <summary>Converts a row with the columns of the view <c>accounting_entries</c> to an entry.</summary>
internal static class EntryRow
{
    public static UsageEntry Read(FieldRow row, ContentIdentity identities)
    {
        var at = row.Time("datetime");
        var (prompt, completion) = (Count(row, "prompt_tokens"), Count(row, "completion_tokens"));
        return new UsageEntry
        {
            Id = identities.FromRow(row, at),
            Timestamp = at,
            Model = row.Text("model"),
            Provider = row.TextOrNull("provider"),
            PromptTokens = prompt,
            CompletionTokens = completion,
            TotalTokens = ReadTotal(row, prompt, completion),
            CachedTokens = Count(row, "cached_tokens") ?? 0,
            ReasoningTokens = Count(row, "reasoning_tokens") ?? 0,
            LocalPromptTokens = Count(row, "local_prompt_tokens"),
            LocalCompletionTokens = Count(row, "local_completion_tokens"),
            LocalTotalTokens = Count(row, "local_total_tokens"),
            Cost = row.DecimalOrNull("cost"),
            ExecutionTime = TimeSpan.FromMicroseconds(
                (double)decimal.Round((row.DecimalOrNull("execution_time") ?? 0) * 1_000_000m)
            ),
            CallerName = row.TextOrNull("caller_name"),
            Username = row.TextOrNull("username"),
            Project = row.TextOrNull("project"),
            Session = row.TextOrNull("session"),
        };
    }

    private static long? Count(FieldRow row, string name) => row.NumberOrNull(name);

    /// <summary>llm-accounting wrote 0 for an absent total: if there are parts, the 0 is ignored.</summary>
    private static long? ReadTotal(FieldRow row, long? prompt, long? completion) =>
        Count(row, "total_tokens") is { } total && (total != 0 || (prompt ?? 0) + (completion ?? 0) == 0)
            ? total
            : null;
}
