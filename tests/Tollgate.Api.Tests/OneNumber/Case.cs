using Tollgate.Metering.Usage;

namespace Tollgate.Api.Tests.OneNumber;

/// <summary>A question, as one sender asks it, with the records that answer it and the differences found.</summary>
internal sealed class Case
{
    public Case(Reader reader, Question question, IReadOnlyList<UsageRecord> ledger)
    {
        (Reader, Question, Ledger) = (reader, question, ledger);
        Records = [.. ledger.Where(question.Selects).OrderBy(static record => record.StartedAt)];
        Expected = Reference.Sum(Records);
        Random = new Random(question.Number);
    }

    /// <summary>Reads what the sender may see.</summary>
    public Reader Reader { get; }

    public Question Question { get; }

    /// <summary>All records that the sender may see.</summary>
    public IReadOnlyList<UsageRecord> Ledger { get; }

    /// <summary>Those that the question selects, by their start.</summary>
    public IReadOnlyList<UsageRecord> Records { get; }

    public Figures Expected { get; }

    public Random Random { get; }

    /// <summary>The reports that were compared, by the first word of their names.</summary>
    public HashSet<string> Reports { get; } = new(StringComparer.Ordinal);

    /// <summary>The differences, in words.</summary>
    public List<string> Differences { get; } = [];

    /// <summary>Compares the sums of a report with those of the records.</summary>
    public void Compare(string report, Figures found) => Compare(report, found, Expected);

    /// <summary>Compares the sums of a report.</summary>
    public void Compare(string report, Figures found, Figures expected)
    {
        Reports.Add(report.Split(' ', ',')[0]);
        Differences.AddRange(found.Compare(expected).Select(difference => $"{report}: {difference}"));
    }

    /// <summary>Adds a difference unless a condition holds.</summary>
    public void Require(string report, bool holds, string difference)
    {
        if (!holds)
            Differences.Add($"{report}: {difference}");
    }

    /// <summary>Returns one of several values.</summary>
    public T NextOf<T>(IReadOnlyList<T> values) => values[Random.Next(values.Count)];
}
