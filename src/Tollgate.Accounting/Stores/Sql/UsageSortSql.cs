using Tollgate.Accounting.Usage;
using Tollgate.Metering.Usage;

namespace Tollgate.Accounting.Stores.Sql;

/// <summary>The expressions by which records are sorted before their start.</summary>
internal static class UsageSortSql
{
    /// <summary>Returns the expression; null in the order of the start alone.</summary>
    /// <param name="sort">The property.</param>
    /// <param name="kinds">The columns of the kinds of usage, in their order.</param>
    /// <param name="noCost">The literal that takes the place of an unknown cost.</param>
    public static string? GetExpression(UsageSort sort, IEnumerable<string> kinds, string noCost) =>
        sort switch
        {
            UsageSort.Start => null,
            UsageSort.Cost => $"coalesce(cost, {noCost})",
            UsageSort.Duration => "duration",
            // The kinds of input and output tokens are the first ones.
            UsageSort.Tokens => $"({string.Join(" + ", kinds.Take((int)UsageKind.OutputImage + 1))})",
            _ => throw new ArgumentOutOfRangeException(nameof(sort), sort, "Unknown sort."),
        };
}
