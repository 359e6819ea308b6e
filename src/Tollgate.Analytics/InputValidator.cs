using System.Globalization;

namespace Tollgate.Analytics;

/// <summary>
/// Collects the problems of an input, so that all of them can be reported at once. Null and NaN never pass.
/// </summary>
public sealed class InputValidator
{
    private readonly List<InputProblem> _problems = [];
    private readonly string _path;

    /// <summary>Creates a check of a whole input.</summary>
    public InputValidator()
        : this("") { }

    private InputValidator(string path) => _path = path;

    private InputValidator(string path, List<InputProblem> problems)
    {
        _path = path;
        _problems = problems;
    }

    /// <summary>The problems found so far.</summary>
    public IReadOnlyList<InputProblem> Problems => _problems;

    /// <summary>A check of a part, whose problems are reported under its name.</summary>
    public InputValidator ForPart(string part) => new(Path(part), _problems);

    /// <summary>Adds a problem.</summary>
    public void Add(string field, string reason) => _problems.Add(new InputProblem(Path(field), reason));

    /// <summary>Adds a problem unless the condition is true.</summary>
    public void Require(bool holds, string field, string reason)
    {
        if (!holds)
            Add(field, reason);
    }

    /// <summary>Requires the value to be finite and above 0.</summary>
    public void Positive(string field, double value) =>
        Require(value > 0 && double.IsFinite(value), field, FormatRule(value, "must be above 0 and finite"));

    /// <summary>Requires the value to be finite and not below 0.</summary>
    public void NotNegative(string field, double value) =>
        Require(value >= 0 && double.IsFinite(value), field, FormatRule(value, "must be 0 or more, and finite"));

    /// <summary>Requires the value to be finite.</summary>
    public void Finite(string field, double value) =>
        Require(double.IsFinite(value), field, FormatRule(value, "must be a finite number"));

    /// <summary>Requires the value to be from 0 to 1.</summary>
    public void Share(string field, double value) =>
        Require(value is >= 0 and <= 1, field, FormatRule(value, "must be from 0 to 1"));

    /// <summary>Requires an amount of money that is not below 0.</summary>
    public void NotNegative(string field, decimal value) =>
        Require(value >= 0, field, string.Create(CultureInfo.InvariantCulture, $"must be 0 or more, but is {value}"));

    /// <summary>Requires the whole number to be within both ends.</summary>
    public void Within(string field, long value, long min, long max) =>
        Require(
            value >= min && value <= max,
            field,
            string.Create(CultureInfo.InvariantCulture, $"must be from {min} to {max}, but is {value}")
        );

    /// <summary>Ends the check.</summary>
    /// <exception cref="InvalidInputException">There is a problem.</exception>
    public void ThrowIfAny()
    {
        if (_problems.Count > 0)
            throw new InvalidInputException(_problems);
    }

    internal static string FormatRule(double value, string rule) =>
        string.Create(CultureInfo.InvariantCulture, $"{rule}, but is {value}");

    private string Path(string field) =>
        _path.Length == 0 ? field
        : field.StartsWith('[') ? _path + field
        : $"{_path}.{field}";
}
