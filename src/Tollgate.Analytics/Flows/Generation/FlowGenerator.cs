using System.Globalization;
using System.Text;

namespace Tollgate.Analytics.Flows.Generation;

/// <summary>
/// Writes realistic flows: 23 types of different frequency and size, log-normal durations and tokens, a few in a
/// thousand not finished, one with an impossible date, one with empty tokens. The same seed writes the same bytes.
/// </summary>
public sealed class FlowGenerator
{
    private const string Header =
        "flow_id,created_at,finished_at,status,type,region,user_id,org_id,tokens_in,tokens_out,llm_calls\n";
    private const int UnfinishedPerThousand = 3;

    private static readonly DateTime First = new(2024, 10, 1, 0, 0, 0, DateTimeKind.Utc);
    private static readonly TimeSpan Period = TimeSpan.FromDays(28);

    private readonly SeededStream _random;
    private readonly FlowPopulation _population;
    private readonly StringBuilder _line = new(512);

    /// <param name="seed">The same seed gives the same file.</param>
    public FlowGenerator(ulong seed)
    {
        _random = new SeededStream(seed);
        _population = new FlowPopulation(_random);
    }

    /// <summary>Writes a header and the given number of rows.</summary>
    public void Write(Stream stream, long rows, CancellationToken cancellationToken = default)
    {
        using var writer = new StreamWriter(stream, new UTF8Encoding(false), 1 << 16, leaveOpen: true);
        writer.Write(Header);
        for (long row = 0; row < rows; row++)
        {
            if ((row & 0xFFF) == 0)
                cancellationToken.ThrowIfCancellationRequested();
            _line.Clear();
            // In the middle, so that files of any length contain both.
            AppendRow(hasImpossibleDate: row == rows / 3, hasNoTokens: row == rows / 2);
            writer.Write(_line);
        }
    }

    private void AppendRow(bool hasImpossibleDate, bool hasNoTokens)
    {
        var type = _population.NextType();
        var created = First + (Period * _random.NextDouble());
        var duration = TimeSpan.FromSeconds(Math.Min(86_400, type.Seconds * Math.Exp(1.1 * _random.NextNormal())));
        var isUnfinished = _random.Next(1000) < UnfinishedPerThousand;
        var calls = 1 + (int)_random.Next((ulong)type.MaxCalls);
        var tokensIn = Math.Floor(type.TokensIn * calls * Math.Exp(0.9 * _random.NextNormal()));
        var tokensOut = Math.Floor(tokensIn * (0.05 + (0.4 * _random.NextDouble())));

        Identity("flow_execution_").Append(',');
        if (hasImpossibleDate)
            _line.Append("2024-10-32 12:11:55.863384 UTC,");
        else
            Time(created).Append(',');
        if (isUnfinished)
            _line.Append(',');
        else
            Time(created + duration).Append(',');
        _line
            .Append(
                isUnfinished ? "RUNNING"
                : _random.Next(50) == 0 ? "FAILURE"
                : "SUCCESS"
            )
            .Append(',');
        _line.Append(type.Name).Append(',').Append(_population.NextRegion()).Append(',');
        _line.Append(_population.NextUser()).Append(',').Append(_population.NextOrganization()).Append(',');
        if (hasNoTokens)
            _line.Append(',');
        else
            _line.Append(CultureInfo.InvariantCulture, $"{tokensIn:F1},{tokensOut:F1}");
        _line.Append(CultureInfo.InvariantCulture, $",{calls}.0\n");
    }

    private StringBuilder Identity(string kind) =>
        SeededStream.AppendIdentity(_line.Append(kind), _random.Next(), _random.Next());

    private StringBuilder Time(DateTime time) =>
        _line.Append(CultureInfo.InvariantCulture, $"{time:yyyy-MM-dd HH:mm:ss.ffffff} UTC");
}
