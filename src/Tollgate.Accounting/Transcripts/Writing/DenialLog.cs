namespace Tollgate.Accounting.Transcripts.Writing;

/// <summary>
/// The log of denials. Denials within one second with the same key, code, limit, model and user become one row with a
/// count, and the number of rows per second is bounded: a client that retries forever must not fill the disk. Adding
/// never waits.
/// </summary>
public sealed class DenialLog : IDisposable
{
    private const int MaxNameLength = 256,
        MaxMessageLength = 1024; // Some texts are caller-supplied, in headers and bodies.
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly TranscriptWriter _writer;
    private readonly TimeProvider _time;
    private readonly int _maxRows;
    private readonly ITimer _timer;
    private readonly Lock _lock = new();
    private Dictionary<Kind, Row> _rows = [];
    private Row? _overflow;

    internal DenialLog(TranscriptWriter writer, TranscriptOptions options)
    {
        (_writer, _time, _maxRows) = (writer, options.TimeProvider, options.MaxDenialRowsPerSecond);
        _timer = _time.CreateTimer(_ => Flush(), null, Interval, Interval);
    }

    /// <summary>Adds a denial. It is written within a second or two.</summary>
    public void Add(DenialEntry refusal)
    {
        refusal = Truncate(refusal);
        var kind = new Kind(refusal.KeyId, refusal.Code, refusal.Limit, refusal.Model, refusal.User);
        lock (_lock)
        {
            if (_rows.TryGetValue(kind, out var row))
                row.Count += refusal.Count;
            else if (_rows.Count < _maxRows)
                _rows.Add(kind, new Row(refusal));
            else if (_overflow is not null)
                _overflow.Count += refusal.Count;
            else
                _overflow = new Row(CreateOverflowEntry(refusal));
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _timer.Dispose();
        Flush();
    }

    private void Flush()
    {
        Dictionary<Kind, Row> rows;
        Row? others;
        lock (_lock)
        {
            if (_rows.Count == 0)
                return;
            (rows, others) = (_rows, _overflow);
            (_rows, _overflow) = ([], null);
        }

        foreach (var row in rows.Values)
            Write(row);
        if (others is not null)
            Write(others);
    }

    private void Write(Row row)
    {
        var refusal = row.First with { Id = Guid.CreateVersion7(_time.GetUtcNow()), Count = row.Count };
        // Completes synchronously, because it does not wait for room.
        _ = _writer.AddAsync(new TranscriptWork(null, refusal), waits: false, CancellationToken.None).AsTask();
    }

    private static DenialEntry CreateOverflowEntry(DenialEntry refusal) =>
        new()
        {
            Time = refusal.Time,
            Code = DenialEntry.OverflowKey,
            Message = "Denials of other kinds in this second, which are only counted.",
            Count = refusal.Count,
        };

    private static DenialEntry Truncate(DenialEntry refusal) =>
        refusal with
        {
            RequestId = TranscriptText.Truncate(refusal.RequestId, MaxNameLength),
            KeyId = TranscriptText.Truncate(refusal.KeyId, MaxNameLength),
            User = TranscriptText.Truncate(refusal.User, MaxNameLength),
            Project = TranscriptText.Truncate(refusal.Project, MaxNameLength),
            Application = TranscriptText.Truncate(refusal.Application, MaxNameLength),
            Model = TranscriptText.Truncate(refusal.Model, MaxNameLength),
            Code = TranscriptText.Truncate(refusal.Code, MaxNameLength)!,
            Limit = TranscriptText.Truncate(refusal.Limit, MaxNameLength),
            Message = TranscriptText.Truncate(refusal.Message, MaxMessageLength),
        };

    private sealed class Row(DenialEntry first)
    {
        public DenialEntry First => first;

        public long Count { get; set; } = first.Count;
    }

    private readonly record struct Kind(string? KeyId, string Code, string? Limit, string? Model, string? User);
}
