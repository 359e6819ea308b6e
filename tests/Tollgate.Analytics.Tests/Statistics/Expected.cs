using System.Text.Json;

namespace Tollgate.Analytics.Tests.Statistics;

/// <summary>Figures of scipy 1.10 and NumPy, made by Data/make_expected.py.</summary>
internal static class Expected
{
    private static readonly JsonDocument Document = Read();

    public static JsonElement Get(string name) => Document.RootElement.GetProperty(name);

    public static double[] Numbers(this JsonElement element, string name) =>
        [.. element.GetProperty(name).EnumerateArray().Select(value => value.GetDouble())];

    public static double Number(this JsonElement element, string name) => element.GetProperty(name).GetDouble();

    public static string Text(this JsonElement element, string name) => element.GetProperty(name).GetString()!;

    /// <summary>Equal but for a share of the larger of the value and 1e-300.</summary>
    public static void ShouldAgree(this double actual, double expected, double relative, string what)
    {
        if (actual.Equals(expected))
            return;
        (Math.Abs(actual - expected) / Math.Max(Math.Abs(expected), 1e-300)).ShouldBeLessThan(
            relative,
            $"{what}: {actual:R} instead of {expected:R}"
        );
    }

    private static JsonDocument Read()
    {
        using var stream = typeof(Expected).Assembly.GetManifestResourceStream("expected.json")!;
        return JsonDocument.Parse(stream);
    }
}
