using System.Collections.Frozen;
using Tollgate.Metering.Limits;

namespace Tollgate.Accounting.Limits.Admission;

/// <summary>
/// All limits, indexed by call attributes. Limits that name a value are looked up by it, so that a limit for someone
/// else costs a call nothing; the rest are checked one by one.
/// </summary>
internal sealed class LimitTable
{
    public static readonly LimitTable Empty = new([]);

    private readonly FrozenDictionary<(LimitDimension, string), CompiledLimit[]> _byValue;
    private readonly LimitDimension[] _dimensions;
    private readonly CompiledLimit[] _others;

    public LimitTable(IReadOnlyList<CompiledLimit> limits)
    {
        All = limits;
        (_byValue, _dimensions, _others) = (FrozenDictionary<(LimitDimension, string), CompiledLimit[]>.Empty, [], []);
        if (limits.Count == 0)
            return; // A command such as track creates a table each time, usually an empty one.
        _byValue = limits
            .Where(static limit => FindLookupTerm(limit) is not null)
            .GroupBy(static limit => (FindLookupTerm(limit)!.Value.Dimension, FindLookupTerm(limit)!.Value.Value!))
            .ToFrozenDictionary(static group => group.Key, static group => group.ToArray());
        _dimensions = [.. _byValue.Keys.Select(static key => key.Item1).Distinct()];
        _others = [.. limits.Where(static limit => FindLookupTerm(limit) is null)];
    }

    public IReadOnlyList<CompiledLimit> All { get; }

    public bool IsEmpty => All.Count == 0;

    /// <summary>Adds the limits that apply to a call to a list, each with the target that counts it.</summary>
    public void Match(in LimitSubject subject, List<(CompiledLimit Limit, string Target)> found)
    {
        foreach (var limit in _others)
            AddIfMatching(limit, subject, found);
        foreach (var dimension in _dimensions)
        {
            if (dimension != LimitDimension.Tag)
                MatchByValue(dimension, subject[dimension], subject, found);
            if (dimension == LimitDimension.Model && subject.ModelGroup != subject.Model)
                MatchByValue(dimension, subject.ModelGroup, subject, found);
            if (dimension == LimitDimension.Tag && subject.Attribution.Tags is { } tags)
                foreach (
                    var tag in tags.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
                        .Distinct(StringComparer.Ordinal)
                )
                    MatchByValue(dimension, tag, subject, found);
        }
    }

    /// <summary>Returns the term by which a limit is looked up; null if none names a value.</summary>
    private static ScopeTerm? FindLookupTerm(CompiledLimit limit)
    {
        foreach (var term in limit.Limit.Scope.Terms)
            if (term.Value is not null)
                return term;
        return null;
    }

    private void MatchByValue(
        LimitDimension dimension,
        string? value,
        in LimitSubject subject,
        List<(CompiledLimit Limit, string Target)> found
    )
    {
        if (value is null || !_byValue.TryGetValue((dimension, value), out var limits))
            return;
        foreach (var limit in limits)
            AddIfMatching(limit, subject, found);
    }

    private static void AddIfMatching(
        CompiledLimit limit,
        in LimitSubject subject,
        List<(CompiledLimit Limit, string Target)> found
    )
    {
        var target = default(LimitTarget);
        var eachTag = false;
        foreach (var term in limit.Limit.Scope.Terms)
        {
            if (term.Value is { } value)
            {
                if (!subject.Matches(term.Dimension, value))
                    return;
            }
            else if (term.Dimension == LimitDimension.Tag)
            {
                eachTag = true;
            }
            else if (subject[term.Dimension] is { } own)
            {
                target = target.Add(own);
            }
            else
            {
                return;
            }
        }

        if (!eachTag)
            found.Add((limit, target.Key));
        else
            AddEachTag(limit, target, subject, found);
    }

    private static void AddEachTag(
        CompiledLimit limit,
        LimitTarget target,
        in LimitSubject subject,
        List<(CompiledLimit Limit, string Target)> found
    )
    {
        foreach (
            var tag in (subject.Attribution.Tags ?? "")
                .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
                .Distinct(StringComparer.Ordinal)
        )
            found.Add((limit, target.Add(tag).Key));
    }
}
