using System.Globalization;

namespace Tollgate.Api.Tests.OneNumber;

/// <summary>Sums by name, all of them exact. A report has those that it can express.</summary>
internal sealed class Figures
{
    public const string Cost = "cost",
        Calls = "calls",
        Errors = "errors",
        Unpriced = "unpriced",
        Estimated = "estimated",
        Input = "input",
        Cached = "cached",
        Output = "output",
        Reasoning = "reasoning",
        Total = "total",
        Duration = "duration_us",
        Rows = "rows";

    private readonly SortedDictionary<string, decimal> _values = new(StringComparer.Ordinal);

    public decimal this[string name] => _values[name];

    /// <summary>Adds to a sum.</summary>
    public Figures Add(string name, decimal value)
    {
        _values[name] = _values.GetValueOrDefault(name) + value;
        return this;
    }

    /// <summary>Adds all sums of another.</summary>
    public Figures Add(Figures other)
    {
        foreach (var (name, value) in other._values)
            Add(name, value);
        return this;
    }

    /// <summary>The sums that differ from the expected ones, in words.</summary>
    public IEnumerable<string> Compare(Figures expected) =>
        _values
            .Where(pair => expected._values.GetValueOrDefault(pair.Key) != pair.Value)
            .Select(pair =>
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{pair.Key} is {pair.Value}, not {expected._values.GetValueOrDefault(pair.Key)}"
                )
            );
}
