using Microsoft.Extensions.AI;
using Tollgate.Accounting.Tracking;
using Tollgate.Metering.Usage;

namespace Tollgate.Accounting.ExtensionsAI;

/// <summary>
/// Converts a client's usage report to an entry's counts. The interface defines cached tokens as part of the input and
/// reasoning as part of the output; reports that contradict this are corrected here, because a call that was made must
/// be recorded, whatever its report looks like.
/// </summary>
internal static class ReportedUsage
{
    /// <summary>The property in which Anthropic's client reports tokens written to the cache.</summary>
    private const string CacheCreation = "CacheCreationInputTokens";

    public static UsageEntry With(this UsageEntry entry, UsageDetails? stated)
    {
        if (stated is null)
            return entry;
        long cached = Count(stated.CachedInputTokenCount) ?? 0,
            reasoning = Count(stated.ReasoningTokenCount) ?? 0;
        long written =
            stated.AdditionalCounts?.TryGetValue(CacheCreation, out var count) == true ? Count(count) ?? 0 : 0;
        var input = Whole(Count(stated.InputTokenCount), cached + written);
        var output = Whole(Count(stated.OutputTokenCount), reasoning);
        return entry with
        {
            PromptTokens = input,
            CompletionTokens = output,
            TotalTokens = TotalOf(Count(stated.TotalTokenCount), input, output),
            CachedTokens = cached,
            CacheWriteTokens = written,
            ReasoningTokens = reasoning,
        };
    }

    /// <summary>A part that is larger than its whole was counted separately.</summary>
    private static long? Whole(long? whole, long parts) => parts > (whole ?? 0) ? (whole ?? 0) + parts : whole;

    /// <summary>The total counts only if a part is missing, and if it is not less than the other part.</summary>
    private static long? TotalOf(long? total, long? input, long? output) =>
        (input is not null && output is not null) || total < (input ?? output ?? 0) ? null : total;

    private static long? Count(long? stated) =>
        stated is { } count ? Math.Clamp(count, 0, TokenUsage.MaxCount / 4) : null;
}
