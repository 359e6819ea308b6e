namespace Tollgate.Metering.Pricing;

/// <summary>The catalogue that comes with Tollgate: public list prices, each with its date and source.</summary>
public static class BuiltInPrices
{
    /// <summary>What the price versions of the catalogue begin with.</summary>
    public const string Origin = "builtin";

    private const string Folder = "Tollgate.Metering.Pricing.Catalogue.";

    private static readonly string[] CataloguedProviders =
        ["anthropic", "azure", "deepseek", "gemini", "groq", "mistral", "openai", "together", "vertex_ai", "xai"];

    /// <summary>The catalogue. A provider's part of it is parsed once, when first asked for.</summary>
    public static PriceBook Book { get; } =
        new(CataloguedProviders.Select(provider => KeyValuePair.Create(provider, new Lazy<PriceShelf>(() => Shelf(provider)))));

    internal static PriceFileResult Parse(string provider) => PriceFile.Parse(Resource(provider), Origin);

    private static PriceShelf Shelf(string provider)
    {
        var file = Parse(provider);
        return file.Problems.IsEmpty
            ? PriceShelf.Of(file.Cards)
            : throw new InvalidDataException($"The built-in prices of {provider} are broken: {file.Problems[0]}");
    }

    private static byte[] Resource(string provider)
    {
        using var stream = typeof(BuiltInPrices).Assembly.GetManifestResourceStream($"{Folder}{provider}.json")
            ?? throw new InvalidDataException($"The built-in prices of {provider} are not part of this build.");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
