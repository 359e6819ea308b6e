using System.Collections.Immutable;
using System.Text;

namespace Tollgate.Metering.Pricing;

/// <summary>Tollgate's own price format, used by the catalog and by a user's <c>prices.json</c>.</summary>
/// <remarks>
/// <code>
/// {
///   "provider": "openai", "observed": "2026-07-01", "source": "https://openai.com/api/pricing",
///   "models": [
///     { "model": "gpt-4o", "aliases": ["gpt-4o-2024-08-06"], "effective_from": "2024-10-01",
///       "max_output_tokens": 16384,
///       "rates": [
///         { "usd_per_million": { "input": "2.50", "cache_read": "1.25", "output": "10.00" },
///           "usd_each": { "tool_use": "0.01" } },
///         { "tier": "batch", "usd_per_million": { "input": "1.25", "output": "5.00" } },
///         { "above_input_tokens": 200000, "usd_per_million": { "input": "5.00", "output": "15.00" } } ] } ]
/// }
/// </code>
/// <para><c>provider</c>, <c>observed</c> and <c>source</c> may be at the top, in a model, or both; the model's own
/// take precedence, and <c>"observed": null</c> means that the source is undated. A model whose price changes is listed
/// again,
/// with another <c>effective_from</c>; a price that ends without a known successor has an <c>effective_until</c>. A
/// time
/// without zone is UTC. <c>price_version</c> names the version; without it, it consists of origin, month observed,
/// provider and model. <c>usd_each</c> prices uses of tools, requests and seconds; everything else is per million.
/// Nothing is inferred: a kind that is not listed is unpriced.</para>
/// </remarks>
public static class PriceFile
{
    /// <summary>Parses a file. Every problem is reported at once; a model with a problem has no card.</summary>
    /// <param name="utf8">The file's bytes.</param>
    /// <param name="origin">The prefix of the price versions, such as <c>own</c>.</param>
    public static PriceFileResult Parse(ReadOnlySpan<byte> utf8, string origin) =>
        PriceFileReader.Read(utf8.ToArray(), origin);

    /// <inheritdoc cref="Parse(ReadOnlySpan{byte}, string)"/>
    /// <param name="json">The file's text.</param>
    /// <param name="origin">The prefix of the price versions, such as <c>own</c>.</param>
    public static PriceFileResult Parse(string json, string origin) => Parse(Encoding.UTF8.GetBytes(json), origin);

    /// <summary>Writes cards as a file that parses to the same cards.</summary>
    public static byte[] Write(IEnumerable<RateCard> cards) => PriceFileWriter.Write(cards);
}

/// <summary>The content of a price file.</summary>
/// <param name="Cards">The cards that could be read.</param>
/// <param name="Problems">Everything that is wrong with the file; empty if it is valid.</param>
public sealed record PriceFileResult(ImmutableArray<RateCard> Cards, ImmutableArray<PriceProblem> Problems);
