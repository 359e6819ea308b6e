using Tollgate.Accounting.Tracking;

namespace Tollgate.Accounting.Exchange;

/// <summary>A row with the columns of the view <c>accounting_entries</c> as an entry to book.</summary>
internal static class EntryRow
{
    public static UsageEntry Read(FieldRow row, ContentIdentity identities)
    {
        var at = row.Time("datetime");
        var (prompt, completion) = (Count(row, "prompt_tokens"), Count(row, "completion_tokens"));
        return new UsageEntry
        {
            Id = identities.Of(row, at),
            Timestamp = at,
            Model = row.Text("model"),
            Provider = row.TextOrNull("provider"),
            PromptTokens = prompt,
            CompletionTokens = completion,
            TotalTokens = TotalOf(row, prompt, completion),
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

    /// <summary>
    /// llm-accounting wrote 0 for a total that was left out: with parts beside it, that is no statement.
    /// </summary>
    private static long? TotalOf(FieldRow row, long? prompt, long? completion) =>
        Count(row, "total_tokens") is { } total && (total != 0 || (prompt ?? 0) + (completion ?? 0) == 0)
            ? total
            : null;
}
