using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.RegularExpressions;
using Tollgate.Analytics.Flows;
using Tollgate.Analytics.Flows.Analysis;

namespace Tollgate.Analytics.Tests.Flows;

/// <summary>
/// The same analysis, slow and obvious: one row at a time, big integers, a dictionary of buckets, a full sort. It
/// shares no code with the real one but the types of the answer.
/// </summary>
internal sealed class FlowReference
{
    /// <summary>
    /// A flow in more buckets than this (a changed byte may have made its year 9024) is beyond a dictionary of buckets.
    /// </summary>
    private const long MostBuckets = 1_000_000;

    private static readonly BigInteger Unit = 1_000_000_000;

    private readonly FlowOptions _options;
    private readonly SortedDictionary<long, BigInteger> _buckets = [];
    private readonly SortedDictionary<string, List<BigInteger>> _costs = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (BigInteger In, BigInteger Out)> _tokens = new(StringComparer.Ordinal);
    private readonly SortedDictionary<TimeGap, (long Flows, BigInteger Nano)> _excluded = [];
    private readonly List<string> _rejected = [];
    private readonly SortedDictionary<RejectReason, long> _reasons = [];
    private long _rows,
        _filtered;
    private BigInteger _total;
    private bool _isBeyond;

    private FlowReference(FlowOptions options) => _options = options;

    /// <summary>
    /// The report as text, so that all of it is compared; null where a flow is too long for this way of counting.
    /// </summary>
    public static string? Run(FlowOptions options, params byte[][] files)
    {
        var reference = new FlowReference(options);
        for (var index = 0; index < files.Length; index++)
            reference.Read($"{index}", files[index]);
        return reference._isBeyond ? null : reference.Text();
    }

    /// <summary>The real report in the same form.</summary>
    public static string Text(FlowReport report)
    {
        var text = new StringBuilder();
        text.AppendLine($"rows {report.Rows} filtered {report.Filtered} rejected {report.Rejected.Count}");
        foreach (var (reason, count) in report.Rejected.ByReason.OrderBy(pair => pair.Key))
            text.AppendLine($"{reason} {count}");
        foreach (var row in report.Rejected.First)
            text.AppendLine($"{row.Source}:{row.Line} {row.Column} {row.Reason} {row.Text}");
        foreach (var group in report.Groups)
            text.AppendLine(
                $"{group.Name} {group.Flows} {string.Join(' ', group.PercentileCosts.Select(Plain))} "
                    + $"{Plain(group.TotalCost)} {group.TokensIn.Nano} {group.TokensOut.Nano}"
            );
        foreach (var gap in report.Excluded)
            text.AppendLine($"{gap.Reason} {gap.Flows} {gap.Tokens.Nano}");
        text.AppendLine($"total {report.Total.Nano} {report.Distributed.Nano}");
        text.AppendLine($"peak {(report.Peak is { } peak ? $"{peak.Start:O} {peak.Tokens.Nano}" : "none")}");
        foreach (var bucket in report.Series)
            text.AppendLine($"{bucket.Start:O} {bucket.Tokens.Nano}");
        return text.ToString();
    }

    private static string Plain(decimal value) => value.ToString("0.##################", CultureInfo.InvariantCulture);

    private string Text()
    {
        var text = new StringBuilder();
        text.AppendLine($"rows {_rows} filtered {_filtered} rejected {_reasons.Values.Sum()}");
        foreach (var (reason, count) in _reasons)
            text.AppendLine($"{reason} {count}");
        foreach (var row in _rejected.Take(10))
            text.AppendLine(row);
        foreach (var (name, costs) in _costs)
        {
            costs.Sort();
            var total = costs.Aggregate(BigInteger.Zero, (sum, cost) => sum + cost);
            text.AppendLine(
                $"{name} {costs.Count} "
                    + $"{string.Join(' ', _options.Percentiles.Select(percent => Plain(Percentile(costs, percent))))} "
                    + $"{Plain((decimal)total / 1e12m)} {_tokens[name].In} {_tokens[name].Out}"
            );
        }

        foreach (var (gap, (flows, nano)) in _excluded)
            text.AppendLine($"{gap} {flows} {nano}");
        var used = _buckets.Where(bucket => !bucket.Value.IsZero).ToList();
        text.AppendLine($"total {_total} {used.Aggregate(BigInteger.Zero, (sum, bucket) => sum + bucket.Value)}");
        text.AppendLine(
            used.Count == 0
                ? "peak none"
                : $"peak {Start(used.MaxBy(bucket => bucket.Value).Key):O} {used.Max(bucket => bucket.Value)}"
        );
        foreach (var (bucket, nano) in used)
            text.AppendLine($"{Start(bucket):O} {nano}");
        return text.ToString();
    }

    private void Read(string name, byte[] file)
    {
        var at = file.AsSpan().StartsWith("\uFEFF"u8) ? 3 : 0;
        string[]? header = null;
        long line = 1;
        while (at < file.Length)
        {
            var record = ReferenceRecord.Read(file, at, (byte)_options.Delimiter, _options.Blocks.Capacity);
            var lines = file.AsSpan(at, record.Length).Count((byte)'\n');
            if (!record.IsEmpty)
            {
                if (header is null)
                    header = [.. record.Fields.Select(field => Encoding.UTF8.GetString(field).Trim())];
                else
                    Take(name, line, record, header);
            }

            at += record.Length;
            line += lines;
        }
    }

    private void Take(string file, long line, ReferenceRecord record, string[] header)
    {
        _rows++;
        if (record.Flaw is { } flaw)
        {
            Reject(flaw, null, record.Text);
            return;
        }

        if (record.Fields.Count != header.Length)
        {
            Reject(RejectReason.FieldCount, null, record.Text);
            return;
        }

        byte[] Field(string column) =>
            record.Fields[
                Array.FindIndex(header, name => string.Equals(name, column, StringComparison.OrdinalIgnoreCase))
            ];
        if (
            _options.Where.Any(filter =>
                !Field(filter.Column).AsSpan().SequenceEqual(Encoding.UTF8.GetBytes(filter.Value))
            )
        )
        {
            _filtered++;
            return;
        }

        var columns = _options.Columns;
        var group = "";
        if (columns.Group is { } by)
        {
            try
            {
                group = new UTF8Encoding(false, true).GetString(Field(by));
            }
            catch (ArgumentException)
            {
                Reject(RejectReason.InvalidUtf8, by, Field(by));
                return;
            }
        }

        var (wrongIn, nanoIn) = Number(Field(columns.TokensIn));
        if (wrongIn is not null)
        {
            Reject(wrongIn.Value, columns.TokensIn, Field(columns.TokensIn));
            return;
        }

        var (wrongOut, nanoOut) = Number(Field(columns.TokensOut));
        if (wrongOut is not null)
        {
            Reject(wrongOut.Value, columns.TokensOut, Field(columns.TokensOut));
            return;
        }

        var start = ReferenceTime.Read(Field(columns.CreatedAt));
        var end = ReferenceTime.Read(Field(columns.FinishedAt));
        if (start.Micros is { } from && end.Micros is { } to)
        {
            if (to < from)
            {
                Reject(RejectReason.EndBeforeStart, columns.FinishedAt, Field(columns.FinishedAt));
                return;
            }

            _total += nanoIn + nanoOut;
            Spread(nanoIn + nanoOut, from, to);
        }
        else
        {
            var gap =
                start.Micros is null ? (start.IsMissing ? TimeGap.CreatedAtMissing : TimeGap.CreatedAtImpossible)
                : end.IsMissing ? TimeGap.FinishedAtMissing
                : TimeGap.FinishedAtImpossible;
            var before = _excluded.GetValueOrDefault(gap);
            _excluded[gap] = (before.Flows + 1, before.Nano + nanoIn + nanoOut);
        }

        var cost =
            (nanoIn * (BigInteger)(_options.Prices.InputPerMillion * 1_000_000))
            + (nanoOut * (BigInteger)(_options.Prices.OutputPerMillion * 1_000_000));
        if (!_costs.TryGetValue(group, out var costs))
            _costs[group] = costs = [];
        costs.Add((cost + (Unit / 2)) / Unit);
        var sums = _tokens.GetValueOrDefault(group);
        _tokens[group] = (sums.In + nanoIn, sums.Out + nanoOut);

        void Reject(RejectReason reason, string? column, byte[] text)
        {
            _reasons[reason] = _reasons.GetValueOrDefault(reason) + 1;
            var shown = Encoding.UTF8.GetString(text.AsSpan(0, Math.Min(320, text.Length)));
            var name = column is null
                ? null
                : header.First(found => string.Equals(found, column, StringComparison.OrdinalIgnoreCase));
            _rejected.Add($"{file}:{line} {name} {reason} {(shown.Length <= 80 ? shown : shown[..79] + "…")}");
        }
    }

    private static (RejectReason? Wrong, BigInteger Nano) Number(byte[] field)
    {
        var text = Encoding.Latin1.GetString(field).Trim(' ', '\t');
        if (text.Length == 0)
            return (null, 0);
        var match = Regex.Match(text, @"\A([+-]?)(?:([0-9]+)\.?([0-9]*)|\.([0-9]+))(?:[eE]([+-]?[0-9]+))?\z");
        if (!match.Success || text.Length > 256)
            return (RejectReason.NotANumber, 0);
        var digits = BigInteger.Parse(
            "0" + match.Groups[2].Value + match.Groups[3].Value + match.Groups[4].Value,
            CultureInfo.InvariantCulture
        );
        if (digits.IsZero)
            return (null, 0);
        if (match.Groups[1].Value == "-")
            return (RejectReason.Negative, 0);
        var exponent = match.Groups[5].Success
            ? BigInteger.Parse(match.Groups[5].Value.TrimStart('+'), CultureInfo.InvariantCulture)
            : 0;
        exponent += 9 - match.Groups[3].Length - match.Groups[4].Length;
        if (exponent > 2000)
            return (RejectReason.TooLarge, 0);
        if (exponent < -2000)
            return (null, 0);
        var nano =
            exponent >= 0
                ? digits * BigInteger.Pow(10, (int)exponent)
                : (digits + (BigInteger.Pow(10, (int)-exponent) / 2)) / BigInteger.Pow(10, (int)-exponent);
        return nano > 4_000_000_000 * Unit ? (RejectReason.TooLarge, 0) : (null, nano);
    }

    private void Spread(BigInteger nano, long from, long to)
    {
        var length = _options.Bucket.Ticks / 10;
        var offset = _options.BucketOffset.Ticks / 10;
        long Bucket(long micros) => (long)Math.Floor((micros + offset) / (decimal)length);
        _isBeyond |= Bucket(to) - Bucket(from) > MostBuckets;
        if (_isBeyond)
            return;
        if (_options.Distribution == TokenDistribution.Rounded)
        {
            var first = Bucket(from + (length / 2));
            Share(first, Enumerable.Repeat((BigInteger)1, (int)Math.Max(1, Bucket(to + (length / 2)) - first)));
        }
        else if (_options.Distribution == TokenDistribution.Touched || from == to)
        {
            Share(Bucket(from), Enumerable.Repeat((BigInteger)1, (int)(Bucket(to) - Bucket(from) + 1)));
        }
        else
        {
            Share(
                Bucket(from),
                Enumerable
                    .Range(0, (int)(Bucket(to) - Bucket(from) + 1))
                    .Select(index =>
                    {
                        var begins = ((Bucket(from) + index) * length) - offset;
                        return (BigInteger)(Math.Min(to, begins + length) - Math.Max(from, begins));
                    })
            );
        }

        void Share(long first, IEnumerable<BigInteger> parts)
        {
            var weights = parts.ToList();
            var whole = weights.Aggregate(BigInteger.Zero, (sum, part) => sum + part);
            var shares = weights.Select(weight => nano * weight / whole).ToList();
            var rest = nano - shares.Aggregate(BigInteger.Zero, (sum, share) => sum + share);
            for (var index = 0; index < shares.Count; index++)
                _buckets[first + index] =
                    _buckets.GetValueOrDefault(first + index) + shares[index] + (index < rest ? 1 : 0);
        }
    }

    private decimal Percentile(List<BigInteger> sorted, decimal percent)
    {
        var rank = (sorted.Count - 1) * percent / 100;
        var (below, above) = ((decimal)sorted[(int)decimal.Floor(rank)], (decimal)sorted[(int)decimal.Ceiling(rank)]);
        var pico = _options.Method switch
        {
            PercentileMethod.Lower => below,
            PercentileMethod.Higher => above,
            PercentileMethod.Midpoint => (below + above) / 2,
            PercentileMethod.Nearest => (rank - decimal.Floor(rank)) switch
            {
                < 0.5m => below,
                > 0.5m => above,
                _ => decimal.Floor(rank) % 2 == 0 ? below : above,
            },
            _ => below + decimal.Round((above - below) * (rank - decimal.Floor(rank)), 6),
        };
        return pico / 1e12m;
    }

    private DateTimeOffset Start(long bucket) =>
        new(DateTime.UnixEpoch.AddTicks((bucket * _options.Bucket.Ticks) - _options.BucketOffset.Ticks), TimeSpan.Zero);
}
