using Tollgate.Operations.Collectors.Collections;

namespace Tollgate.Operations.Samples;

/// <summary>The tokens of a collection as columns: one value a line, which is a day, a model, and a key.</summary>
public static class CollectionSample
{
    /// <summary>Returns the columns <c>input_tokens</c> and <c>output_tokens</c>.</summary>
    /// <exception cref="OperationException">The collection has too few lines with usage.</exception>
    public static Sample Create(Collection collection)
    {
        CollectedLine[] lines = [.. collection.Lines.Where(static line => line.HasUsage)];
        return lines.Length < 2
            ? throw FieldRules.CreateException(
                "collection_id",
                $"The collection '{collection.CollectionId}' has {lines.Length} lines with usage, but an analysis "
                    + "needs two or more. Collect a longer period."
            )
            : new Sample(
                [
                    new SampleColumn("input_tokens", [.. lines.Select(static line => (double)line.InputTokens)]),
                    new SampleColumn("output_tokens", [.. lines.Select(static line => (double)line.OutputTokens)]),
                ],
                0
            );
    }
}
