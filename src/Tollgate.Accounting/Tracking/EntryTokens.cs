using Tollgate.Metering.Usage;

namespace Tollgate.Accounting.Tracking;

/// <summary>
/// The disjoint token counts of an entry, whose cached tokens are part of its prompt and whose reasoning is part of its
/// completion.
/// </summary>
internal readonly record struct EntryTokens(TokenUsage Usage, LocalTokens Local, UsageSource Source)
{
    public static EntryTokens FromEntry(UsageEntry entry)
    {
        var (prompt, completion, source) = Parts(entry);
        var cached = Part(entry.CachedTokens, prompt, nameof(entry.CachedTokens), nameof(entry.PromptTokens));
        var written = Part(
            entry.CacheWriteTokens,
            prompt - cached,
            nameof(entry.CacheWriteTokens),
            "the uncached part of " + nameof(entry.PromptTokens)
        );
        var reasoning = Part(
            entry.ReasoningTokens,
            completion,
            nameof(entry.ReasoningTokens),
            nameof(entry.CompletionTokens)
        );
        var usage = new TokenUsage
        {
            [UsageKind.InputText] = prompt - cached - written,
            [UsageKind.CacheRead] = cached,
            [UsageKind.CacheWrite5m] = written,
            [UsageKind.OutputText] = completion - reasoning,
            [UsageKind.OutputReasoning] = reasoning,
            [UsageKind.Request] = IsPaid(entry.Outcome) ? 1 : 0,
        };
        return new(usage, ReadLocalTokens(entry), source);
    }

    /// <summary>True if a provider was, or may have been, paid for the call.</summary>
    private static bool IsPaid(CallOutcome outcome) =>
        outcome
            is CallOutcome.Booked
                or CallOutcome.Completed
                or CallOutcome.ClientDisconnected
                or CallOutcome.UpstreamCut
                or CallOutcome.TimedOut;

    private static (long Prompt, long Completion, UsageSource Source) Parts(UsageEntry entry)
    {
        var prompt = EntryRules.RequireCount(entry.PromptTokens, nameof(entry.PromptTokens));
        var completion = EntryRules.RequireCount(entry.CompletionTokens, nameof(entry.CompletionTokens));
        var total = EntryRules.RequireCount(entry.TotalTokens, nameof(entry.TotalTokens));
        return (prompt, completion, total) switch
        {
            (null, null, null) => (0, 0, UsageSource.Missing),
            (null, null, { } all) => (all, 0, UsageSource.Estimated),
            ({ } given, null, { } all) => (
                given,
                Subtract(all, given, nameof(entry.PromptTokens)),
                UsageSource.Reported
            ),
            (null, { } given, { } all) => (
                Subtract(all, given, nameof(entry.CompletionTokens)),
                given,
                UsageSource.Reported
            ),
            ({ } first, { } second, { } all) when first + second != all => throw EntryRules.CreateException(
                nameof(entry.TotalTokens),
                all,
                $"must be the sum of prompt and completion, {first + second}"
            ),
            _ => (prompt ?? 0, completion ?? 0, UsageSource.Reported),
        };
    }

    private static long Subtract(long total, long part, string field) =>
        total >= part
            ? total - part
            : throw EntryRules.CreateException(
                nameof(UsageEntry.TotalTokens),
                total,
                $"must not be less than {field} ({part})"
            );

    private static long Part(long part, long whole, string field, string of)
    {
        EntryRules.RequireCount(part, field);
        return part <= whole
            ? part
            : throw EntryRules.CreateException(field, part, $"must not be more than {of} ({whole}), which includes it");
    }

    private static LocalTokens ReadLocalTokens(UsageEntry entry)
    {
        var prompt = EntryRules.RequireCount(entry.LocalPromptTokens, nameof(entry.LocalPromptTokens));
        var completion = EntryRules.RequireCount(entry.LocalCompletionTokens, nameof(entry.LocalCompletionTokens));
        var total = EntryRules.RequireCount(entry.LocalTotalTokens, nameof(entry.LocalTotalTokens));
        return new(
            prompt,
            completion,
            total ?? (prompt is null && completion is null ? null : (prompt ?? 0) + (completion ?? 0))
        );
    }
}
