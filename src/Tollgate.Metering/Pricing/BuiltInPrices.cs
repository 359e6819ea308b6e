using System.Text.Json;

namespace Tollgate.Metering.Pricing;

/// <summary>The price catalog that ships with Tollgate: public list prices, each with its date and source.</summary>
public static class BuiltInPrices
{
    /// <summary>The prefix of the catalog's price versions.</summary>
    public const string VersionPrefix = "builtin";

    private const string Folder = "Tollgate.Metering.Pricing.Catalogue.";

    private static readonly string[] CataloguedProviders =
    [
        "anthropic",
        "azure",
        "deepseek",
        "gemini",
        "groq",
        "mistral",
        "openai",
        "together",
        "vertex_ai",
        "xai",
    ];

    /// <summary>
    /// The catalog. A provider's part is parsed at its first use, and a model's cards are created at the model's: a
    /// command that books one call creates one model's cards.
    /// </summary>
    public static PriceBook Book { get; } =
        new(
            CataloguedProviders.Select(provider =>
                KeyValuePair.Create(provider, new Lazy<ProviderPriceList>(() => CreatePriceList(provider)))
            )
        );

    internal static PriceFileResult Parse(string provider) => PriceFile.Parse(ReadResource(provider), VersionPrefix);

    private static ProviderPriceList CreatePriceList(string provider)
    {
        // Not disposed: the models are read from it later.
        var root = JsonDocument.Parse(ReadResource(provider)).RootElement;
        var places = new Dictionary<string, List<int>>(StringComparer.Ordinal);
        var cards = new Dictionary<string, Lazy<RateCard[]>>(StringComparer.Ordinal);
        var aliases = new List<KeyValuePair<string, string>>();
        var place = 0;
        foreach (var model in root.GetProperty("models").EnumerateArray())
        {
            var name = model.GetProperty("model").GetString()!;
            if (!places.TryGetValue(name, out var versions))
            {
                places.Add(name, versions = []);
                cards.Add(name, new(() => CreateCards(provider, root, versions)));
            }

            versions.Add(place++);
            if (!model.TryGetProperty("aliases", out var listed))
                continue;
            foreach (var alias in listed.EnumerateArray())
                aliases.Add(KeyValuePair.Create(alias.GetString()!, name));
        }

        return ProviderPriceList.Create(cards, aliases);
    }

    private static RateCard[] CreateCards(string provider, JsonElement root, List<int> places)
    {
        var file = PriceFileReader.Read(root, places, VersionPrefix);
        return file.Problems.IsEmpty
            ? ProviderPriceList.NewestFirst(file.Cards)
            : throw new InvalidDataException($"The built-in prices of {provider} are invalid: {file.Problems[0]}");
    }

    private static byte[] ReadResource(string provider)
    {
        using var stream =
            typeof(BuiltInPrices).Assembly.GetManifestResourceStream($"{Folder}{provider}.json")
            ?? throw new InvalidDataException($"The built-in prices of {provider} are not part of this build.");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
