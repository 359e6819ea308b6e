using Tollgate.Metering.Pricing;

namespace Tollgate.Operations.Prices;

/// <summary>The user's custom prices: <c>prices.json</c> in the data folder.</summary>
/// <param name="dataFolder">The data folder.</param>
/// <param name="upperFile">A price file that takes precedence over it; null if there is none.</param>
public sealed class CustomPrices(string dataFolder, string? upperFile = null)
{
    /// <summary>The prefix of the price versions of cards that do not define their own.</summary>
    private const string Origin = "own";

    /// <summary>The file of the data folder.</summary>
    public string Path { get; } = System.IO.Path.Combine(dataFolder, "prices.json");

    /// <summary>Returns the file's cards; none if there is no file.</summary>
    public PriceFileResult Read() => File.Exists(Path) ? Read(Path) : new PriceFileResult([], []);

    /// <summary>Returns every error in the files, each with its location.</summary>
    public IReadOnlyList<string> Problems() =>
        [
            .. Read().Problems.Select(problem => $"{Path}: {problem}"),
            .. upperFile is null ? [] : Read(upperFile).Problems.Select(problem => $"{upperFile}: {problem}"),
        ];

    /// <summary>Returns the built-in prices, overridden by the custom prices.</summary>
    /// <exception cref="InvalidDataException">A file has errors; the message lists all of them.</exception>
    /// <exception cref="IOException">The configured file cannot be read.</exception>
    public PriceBook BuildPriceBook()
    {
        var book = BuiltInPrices.Book.With(ThrowIfInvalid(Path, Read()));
        return upperFile is null ? book : book.With(ThrowIfInvalid(upperFile, Read(upperFile)));
    }

    /// <summary>Replaces the file atomically with these cards, and keeps the previous one as a backup.</summary>
    public void Write(IEnumerable<RateCard> cards)
    {
        Directory.CreateDirectory(dataFolder);
        var fresh = Path + ".new";
        File.WriteAllBytes(fresh, PriceFile.Write(cards));
        if (File.Exists(Path))
            File.Replace(fresh, Path, Path + ".bak");
        else
            File.Move(fresh, Path);
    }

    private static PriceFileResult Read(string path) => PriceFile.Parse(File.ReadAllBytes(path), Origin);

    private static IEnumerable<RateCard> ThrowIfInvalid(string path, PriceFileResult read) =>
        read.Problems.IsEmpty
            ? read.Cards
            : throw new InvalidDataException($"The prices in '{path}' have errors: {string.Join("; ", read.Problems)}");
}
