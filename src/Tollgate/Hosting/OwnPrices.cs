using Tollgate.Metering.Pricing;

namespace Tollgate.Hosting;

/// <summary>The user's own prices: <c>prices.json</c> in the data folder.</summary>
internal sealed class OwnPrices(string dataFolder)
{
    /// <summary>What the price versions of cards that do not name their own begin with.</summary>
    private const string Origin = "own";

    public string Path { get; } = System.IO.Path.Combine(dataFolder, "prices.json");

    /// <summary>The file's cards; none where there is no file.</summary>
    public PriceFileResult Read() => File.Exists(Path) ? PriceFile.Parse(File.ReadAllBytes(Path), Origin) : new PriceFileResult([], []);

    /// <summary>The built-in prices with the user's own before them.</summary>
    /// <exception cref="InvalidDataException">The file has errors; all are named.</exception>
    public PriceBook Book()
    {
        var own = Read();
        return own.Problems.IsEmpty
            ? BuiltInPrices.Book.With(own.Cards)
            : throw new InvalidDataException($"The prices in '{Path}' have errors: {string.Join("; ", own.Problems)}");
    }

    /// <summary>Puts a file of these cards in place as a whole, and keeps the former one beside it.</summary>
    public void Write(IEnumerable<RateCard> cards)
    {
        Directory.CreateDirectory(dataFolder);
        var fresh = Path + ".new";
        File.WriteAllBytes(fresh, PriceFile.Write(cards));
        if (File.Exists(Path)) File.Replace(fresh, Path, Path + ".bak");
        else File.Move(fresh, Path);
    }
}
