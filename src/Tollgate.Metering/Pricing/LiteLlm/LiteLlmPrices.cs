using System.Collections.Immutable;

namespace Tollgate.Metering.Pricing.LiteLlm;

/// <summary>Imports LiteLLM's price file (<c>model_prices_and_context_window.json</c>).</summary>
/// <remarks>
/// <para>Field names are parsed by their grammar, and figures as exact decimals. A cost field that is not supported is
/// listed, and the kinds that it could affect are unpriced.</para>
/// <para>LiteLLM applies the text rate to input audio and images and to reasoning without a rate; the import
/// writes that rate out. Output audio, output images and cache reads have no such default.</para>
/// <para>A model that is listed both under its bare name and under its provider's prefix has the prices of the
/// latter, which LiteLLM itself looks up first.</para>
/// </remarks>
public static class LiteLlmPrices
{
    /// <summary>
    /// Reads the file. Never throws because of its content: an invalid entry is a problem and has no card.
    /// </summary>
    /// <param name="utf8">The file's bytes.</param>
    /// <param name="origin">The prefix of the price versions, such as <c>litellm/2026-07</c>.</param>
    /// <param name="observed">The day on which the file was downloaded.</param>
    /// <param name="effectiveFrom">When the prices take effect; null if they always applied.</param>
    public static LiteLlmImport Import(
        ReadOnlySpan<byte> utf8,
        string origin,
        DateOnly? observed = null,
        DateTimeOffset? effectiveFrom = null
    ) => new LiteLlmReader(origin, observed, effectiveFrom).Read(utf8.ToArray());
}

/// <summary>The result of an import.</summary>
/// <param name="Cards">A card for each model with at least one price.</param>
/// <param name="UnsupportedFields">The unsupported cost fields, by model.</param>
/// <param name="Unpriced">The keys of models without any price, or without one in a unit that is counted.</param>
/// <param name="Problems">The problems of the file.</param>
public sealed record LiteLlmImport(
    ImmutableArray<RateCard> Cards,
    ImmutableArray<UnsupportedFields> UnsupportedFields,
    ImmutableArray<string> Unpriced,
    ImmutableArray<PriceProblem> Problems
);

/// <summary>The unsupported cost fields of one model.</summary>
/// <param name="Model">The model's key in the file.</param>
/// <param name="Fields">The names of the fields.</param>
public readonly record struct UnsupportedFields(string Model, ImmutableArray<string> Fields);
