using Tollgate.Metering.Pricing;

namespace Tollgate.Configuration.Settings;

/// <summary>The user's own prices: <c>prices.json</c> in the data folder.</summary>
/// <param name="dataFolder">The data folder.</param>
/// <param name="upperFile">A price file that goes before it; null where there is none.</param>
internal sealed class OwnPrices(string dataFolder, string? upperFile = null)
{
    /// <summary>What the price versions of cards that do not name their own begin with.</summary>
    private const string Origin = "own";

    /// <summary>The prices that a gate of these settings uses.</summary>
    public static OwnPrices Of(GateSettings settings) => new(settings.DataFolder, settings.PriceFile);

    public string Path { get; } = System.IO.Path.Combine(dataFolder, "prices.json");

    /// <summary>The file's cards; none where there is no file.</summary>
    public PriceFileResult Read() => File.Exists(Path) ? Read(Path) : new PriceFileResult([], []);

    /// <summary>Everything that is wrong with the files, each with its place.</summary>
    public IReadOnlyList<string> Problems() =>
        [
            .. Read().Problems.Select(problem => $"{Path}: {problem}"),
            .. upperFile is null ? [] : Read(upperFile).Problems.Select(problem => $"{upperFile}: {problem}"),
        ];

    /// <summary>The built-in prices with the user's own before them.</summary>
    /// <exception cref="InvalidDataException">A file has errors; all are named.</exception>
    /// <exception cref="IOException">The file that was named cannot be read.</exception>
    public PriceBook Book()
    {
        var book = BuiltInPrices.Book.With(Checked(Path, Read()));
        return upperFile is null ? book : book.With(Checked(upperFile, Read(upperFile)));
    }

    /// <summary>Puts a file of these cards in place as a whole, and keeps the former one beside it.</summary>
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

    private static IEnumerable<RateCard> Checked(string path, PriceFileResult read) =>
        read.Problems.IsEmpty
            ? read.Cards
            : throw new InvalidDataException($"The prices in '{path}' have errors: {string.Join("; ", read.Problems)}");
}
