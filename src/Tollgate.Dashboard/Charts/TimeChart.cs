using System.Globalization;
using System.Text;
using Tollgate.Dashboard.Figures;

namespace Tollgate.Dashboard.Charts;

/// <summary>A quantity over time, by group: stacked bars.</summary>
public sealed record TimeChart
{
    /// <summary>The width of the drawing; it is stretched to the width of the page.</summary>
    public const int Width = 1000;

    /// <summary>The height of the drawing.</summary>
    public const int Height = 100;

    private const int MaxAxisLabels = 7;

    /// <summary>The heading.</summary>
    public required string Title { get; init; }

    /// <summary>The unit of all values.</summary>
    public required FigureUnit Unit { get; init; }

    /// <summary>The points in time.</summary>
    public required IReadOnlyList<ChartBucket> Buckets { get; init; }

    /// <summary>The groups, highest first.</summary>
    public required IReadOnlyList<ChartLine> Lines { get; init; }

    /// <summary>The values of all groups; null for unknown.</summary>
    public required IReadOnlyList<decimal?> Totals { get; init; }

    /// <summary>The values of an earlier range, as a line; null for none.</summary>
    public IReadOnlyList<decimal?>? Earlier { get; init; }

    /// <summary>One sentence with what the chart shows.</summary>
    public required string Summary { get; init; }

    /// <summary>The axis.</summary>
    public AxisScale Scale =>
        AxisScale.Create(Totals.Concat(Earlier ?? []).Max(static value => value ?? 0));

    /// <summary>The labels of the axis of time: one for each bucket, most of them empty, at equal distances.</summary>
    public IReadOnlyList<string> AxisLabels
    {
        get
        {
            var step = Math.Max(1, (int)Math.Ceiling(Buckets.Count / (double)MaxAxisLabels));
            return [.. Buckets.Select((bucket, index) => index % step == step / 2 ? bucket.AxisLabel : "")];
        }
    }

    /// <summary>Returns the outline of the bars of a group.</summary>
    /// <param name="line">The position of the group.</param>
    /// <param name="isPartial">True for the buckets that are not over, false for the others.</param>
    public string DrawBars(int line, bool isPartial)
    {
        var (path, scale) = (new StringBuilder(), Scale);
        var slot = Width / (decimal)Buckets.Count;
        var gap = Math.Min(slot * 0.22m, 6);
        for (var bucket = 0; bucket < Buckets.Count; bucket++)
        {
            if (Buckets[bucket].IsPartial != isPartial || Lines[line].Values[bucket] is not { } value || value <= 0)
                continue;
            var below = Lines.Skip(line + 1).Sum(other => Math.Max(0, other.Values[bucket] ?? 0));
            var (top, bottom) = (ToY(below + value, scale), ToY(below, scale));
            path.Append(
                CultureInfo.InvariantCulture,
                $"M{Round((bucket * slot) + (gap / 2))} {Round(bottom)}v{Round(top - bottom)}"
            );
            path.Append(CultureInfo.InvariantCulture, $"h{Round(slot - gap)}v{Round(bottom - top)}z");
        }

        return path.ToString();
    }

    /// <summary>Returns the line of the earlier range, broken where a value is unknown.</summary>
    public string DrawEarlier()
    {
        var (path, scale, isOpen) = (new StringBuilder(), Scale, false);
        var slot = Width / (decimal)Buckets.Count;
        for (var bucket = 0; bucket < Math.Min(Buckets.Count, Earlier?.Count ?? 0); bucket++)
        {
            if (Earlier![bucket] is not { } value)
            {
                isOpen = false;
                continue;
            }

            path.Append(isOpen ? 'L' : 'M')
                .Append(
                    CultureInfo.InvariantCulture,
                    $"{Round((bucket + 0.5m) * slot)} {Round(ToY(value, scale))}"
                );
            isOpen = true;
        }

        return path.ToString();
    }

    /// <summary>Returns the position of the area of a bucket.</summary>
    public string GetX(int bucket) =>
        Round(bucket * Width / (decimal)Buckets.Count).ToString(CultureInfo.InvariantCulture);

    /// <summary>Returns the width of the area of a bucket.</summary>
    public string SlotWidth => Round(Width / (decimal)Buckets.Count).ToString(CultureInfo.InvariantCulture);

    /// <summary>Returns the height of a mark of the axis.</summary>
    public string GetY(decimal mark) => Round(ToY(mark, Scale)).ToString(CultureInfo.InvariantCulture);

    private static decimal ToY(decimal value, AxisScale scale) => Height - (value / scale.Max * Height);

    private static decimal Round(decimal value) => Math.Round(value, 2) / 1.00m;
}
