using Microsoft.Extensions.AI;
using Tollgate.Accounting.Tracking;
using Tollgate.Metering.Usage;

namespace Tollgate.Accounting.ExtensionsAI;

/// <summary>
/// A client's statement of usage as an entry's counts. The interface says that cached tokens are part of the input and
/// reasoning part of the output; what a client states against that is mended here, because a call that was made must be
/// booked, whatever its statement looks like.
/// </summary>
internal static class StatedUsage
{
    /// <summary>The name under which Anthropic's client states tokens written to the cache.</summary>
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

    /// <summary>A part that is larger than its whole was counted apart from it.</summary>
    private static long? Whole(long? whole, long parts) => parts > (whole ?? 0) ? (whole ?? 0) + parts : whole;

    /// <summary>The total counts only where a part is missing, and where it is not less than the other part.</summary>
    private static long? TotalOf(long? total, long? input, long? output) =>
        (input is not null && output is not null) || total < (input ?? output ?? 0) ? null : total;

    private static long? Count(long? stated) =>
        stated is { } count ? Math.Clamp(count, 0, TokenUsage.MaxCount / 4) : null;
}
