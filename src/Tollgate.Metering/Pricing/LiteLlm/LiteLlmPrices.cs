using System.Collections.Immutable;

namespace Tollgate.Metering.Pricing.LiteLlm;

/// <summary>Imports LiteLLM's price file (<c>model_prices_and_context_window.json</c>).</summary>
/// <remarks>
/// <para>Field names are read by their grammar, and figures as exact decimals. A cost field that is not understood is
/// listed, and the kinds that it could concern are unpriced.</para>
/// <para>LiteLLM takes the text rate for input audio and images and for reasoning where it states none; the import
/// writes that rate out. Output audio, output images and cache reads have no such default.</para>
/// <para>A model that is listed both under its bare name and under its provider's prefix has the prices of the
/// latter, which is what LiteLLM itself looks up first.</para>
/// </remarks>
public static class LiteLlmPrices
{
    /// <summary>Reads the file. Never throws for what is in it: a broken entry is a problem, and has no card.</summary>
    /// <param name="utf8">The file's bytes.</param>
    /// <param name="origin">What the price versions begin with, such as <c>litellm/2026-07</c>.</param>
    /// <param name="observed">The day on which the file was taken.</param>
    /// <param name="effectiveFrom">From when on the prices hold; null for always.</param>
    public static LiteLlmImport Import(
        ReadOnlySpan<byte> utf8,
        string origin,
        DateOnly? observed = null,
        DateTimeOffset? effectiveFrom = null
    ) => new LiteLlmReader(origin, observed, effectiveFrom).Read(utf8.ToArray());
}

/// <summary>What an import found.</summary>
/// <param name="Cards">A card for each model of which anything is priced.</param>
/// <param name="NotUnderstood">The cost fields that were not understood, by model.</param>
/// <param name="Unpriced">The keys of models that have no price at all, or none in a unit that is counted.</param>
/// <param name="Problems">What is wrong with the file.</param>
public sealed record LiteLlmImport(
    ImmutableArray<RateCard> Cards,
    ImmutableArray<NotUnderstoodFields> NotUnderstood,
    ImmutableArray<string> Unpriced,
    ImmutableArray<PriceProblem> Problems
);

/// <summary>The cost fields of one model that were not understood.</summary>
/// <param name="Model">The model's key in the file.</param>
/// <param name="Fields">The names of the fields.</param>
public readonly record struct NotUnderstoodFields(string Model, ImmutableArray<string> Fields);
