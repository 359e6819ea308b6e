using System.Text;
using Tollgate.Accounting.Usage;
using Tollgate.Operations.Usage.Scopes;

namespace Tollgate.Dashboard.State;

/// <summary>The state of a page, as its URL has it: range of time, comparison, and conditions.</summary>
public sealed record PageState
{
    /// <summary>The range of time.</summary>
    public required TimeRange Range { get; init; }

    /// <summary>The range to compare with, such as <c>previous</c>; null for none.</summary>
    public string? Compare { get; init; }

    /// <summary>The conditions, all of which must hold.</summary>
    public IReadOnlyList<UsageFilter> Filters { get; init; } = [];

    /// <summary>A text that one of the names of a record must contain; null for none.</summary>
    public string? Search { get; init; }

    /// <summary>The parameters of the URL from which it was read, without those that were not valid.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Parameters { get; init; } = [];

    /// <summary>The parameters that were not valid, each as a sentence.</summary>
    public IReadOnlyList<string> Problems { get; init; } = [];

    /// <summary>The usage that it is about.</summary>
    public UsageScope Scope => new(Range) { Filters = Filters, Search = Search };

    /// <summary>
    /// Returns the relative address of a page in this state, with some parameters replaced; null removes one.
    /// </summary>
    /// <param name="path">The path without a leading slash; empty for the first page.</param>
    /// <param name="changes">The parameters to replace.</param>
    public string To(string path, params ReadOnlySpan<(string Name, string? Value)> changes)
    {
        var kept = new List<(string Name, string Value)>();
        foreach (var (name, value) in Parameters)
            if (!IsChanged(name, changes))
                kept.Add((name, value));
        foreach (var (name, value) in changes)
            if (value is not null)
                kept.Add((name, value));
        var text = new StringBuilder(path.Length == 0 ? "./" : path);
        var separator = '?';
        foreach (var (name, value) in kept)
        {
            text.Append(separator).Append(Escape(name)).Append('=').Append(Escape(value));
            separator = '&';
        }

        return text.ToString();
    }

    /// <summary>Returns the address of a page for another range, with the same conditions.</summary>
    public string ToRange(string path, TimeRange range)
    {
        var parameters = range.ToParameters().ToDictionary();
        return To(
            path,
            ("range", parameters.GetValueOrDefault("range")),
            ("from", parameters.GetValueOrDefault("from")),
            ("to", parameters.GetValueOrDefault("to")),
            ("after", null),
            ("before", null)
        );
    }

    /// <summary>Returns the address of a page with one more condition on a dimension.</summary>
    /// <param name="path">The path.</param>
    /// <param name="field">The dimension, such as <c>model</c>.</param>
    /// <param name="value">The value; null for usage that has none.</param>
    public string ToFilter(string path, string field, string? value) =>
        To(path, ($"filter[{field}]", value ?? ""), ("after", null), ("before", null));

    private static bool IsChanged(string name, ReadOnlySpan<(string Name, string? Value)> changes)
    {
        foreach (var (changed, _) in changes)
            if (changed == name)
                return true;
        return false;
    }

    /// <summary>Brackets and commas may stand as they are in a query, and are easier to read.</summary>
    private static string Escape(string text) =>
        Uri.EscapeDataString(text)
            .Replace("%5B", "[", StringComparison.Ordinal)
            .Replace("%5D", "]", StringComparison.Ordinal)
            .Replace("%2C", ",", StringComparison.Ordinal)
            .Replace("%3A", ":", StringComparison.Ordinal)
            .Replace("%2F", "/", StringComparison.Ordinal);
}
