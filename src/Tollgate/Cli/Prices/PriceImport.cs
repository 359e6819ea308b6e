using System.CommandLine;
using System.Globalization;
using Tollgate.Metering.Pricing;
using Tollgate.Metering.Pricing.LiteLlm;
using Tollgate.Operations.Prices;

namespace Tollgate.Cli.Prices;

/// <summary>Imports a LiteLLM price file into the user's custom prices, and reports what was not understood.</summary>
internal static class PriceImport
{
    public static int Run(
        FileInfo file,
        CustomPrices own,
        DateTimeOffset from,
        DateOnly observed,
        InvocationConfiguration console
    )
    {
        if (!file.Exists)
            return Fail(console, $"{file.FullName} does not exist.");

        var origin = string.Create(CultureInfo.InvariantCulture, $"litellm/{observed:yyyy-MM-dd}");
        var import = LiteLlmPrices.Import(File.ReadAllBytes(file.FullName), origin, observed, from);
        foreach (var problem in import.Problems)
            console.Error.WriteLine($"{file.Name}: {problem}");
        if (import.Cards.IsEmpty)
            return Fail(console, $"{file.Name} contains no prices, so nothing was imported.");

        var former = own.Read();
        if (!former.Problems.IsEmpty)
            return Fail(console, $"{own.Path} is not valid, so nothing was imported: {former.Problems[0]}");
        own.Write([.. former.Cards.Where(card => !IsReplaced(card, import)), .. import.Cards]);
        Report(import, own, console.Output);
        return 0;
    }

    // Earlier versions are kept: calls of that time keep their price.
    private static bool IsReplaced(RateCard card, LiteLlmImport import) =>
        import.Cards.Any(fresh =>
            fresh.PriceVersion == card.PriceVersion
            || (
                fresh.Provider == card.Provider
                && fresh.Model == card.Model
                && fresh.EffectiveFrom == card.EffectiveFrom
            )
        );

    private static void Report(LiteLlmImport import, CustomPrices own, TextWriter output)
    {
        foreach (var (model, fields) in import.UnsupportedFields)
            output.WriteLine(
                $"{model}: fields not recognized, so usage of these kinds is unpriced: {string.Join(", ", fields)}"
            );
        if (!import.Unpriced.IsEmpty)
            output.WriteLine($"{import.Unpriced.Length} models without a price per token were skipped.");
        output.WriteLine($"Imported the prices of {import.Cards.Length} models into {own.Path}.");
    }

    private static int Fail(InvocationConfiguration console, string message)
    {
        console.Error.WriteLine(message);
        return 1;
    }
}
