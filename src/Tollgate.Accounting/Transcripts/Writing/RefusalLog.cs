namespace Tollgate.Accounting.Transcripts.Writing;

/// <summary>
/// The log of denials. Denials within one second with the same key, code, limit, model and user become one row with a
/// count, and the number of rows per second is bounded: a client that retries forever must not fill the disk. Adding
/// never waits.
/// </summary>
public sealed class RefusalLog : IDisposable
{
    private const int MaxName = 256,
        MaxMessage = 1024; // Some texts are caller-supplied, in headers and bodies.
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly AuditWriter _writer;
    private readonly TimeProvider _time;
    private readonly int _maxRows;
    private readonly ITimer _timer;
    private readonly Lock _lock = new();
    private Dictionary<Kind, Row> _rows = [];
    private Row? _others;

    internal RefusalLog(AuditWriter writer, AuditOptions options)
    {
        (_writer, _time, _maxRows) = (writer, options.TimeProvider, options.RefusalRowsPerSecond);
        _timer = _time.CreateTimer(_ => Flush(), null, Interval, Interval);
    }

    /// <summary>Adds a denial. It is written within a second or two.</summary>
    public void Add(RefusalEntry refusal)
    {
        refusal = Within(refusal);
        var kind = new Kind(refusal.KeyId, refusal.Code, refusal.Limit, refusal.Model, refusal.User);
        lock (_lock)
        {
            if (_rows.TryGetValue(kind, out var row))
                row.Count += refusal.Count;
            else if (_rows.Count < _maxRows)
                _rows.Add(kind, new Row(refusal));
            else if (_others is not null)
                _others.Count += refusal.Count;
            else
                _others = new Row(OthersFrom(refusal));
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
            (rows, others) = (_rows, _others);
            (_rows, _others) = ([], null);
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
        _ = _writer.AddAsync(new AuditWork(null, refusal), waits: false).AsTask();
    }

    private static RefusalEntry OthersFrom(RefusalEntry refusal) =>
        new()
        {
            Time = refusal.Time,
            Code = RefusalEntry.Others,
            Message = "Denials of other kinds in this second, which are only counted.",
            Count = refusal.Count,
        };

    private static RefusalEntry Within(RefusalEntry refusal) =>
        refusal with
        {
            RequestId = AuditText.Cut(refusal.RequestId, MaxName),
            KeyId = AuditText.Cut(refusal.KeyId, MaxName),
            User = AuditText.Cut(refusal.User, MaxName),
            Project = AuditText.Cut(refusal.Project, MaxName),
            Application = AuditText.Cut(refusal.Application, MaxName),
            Model = AuditText.Cut(refusal.Model, MaxName),
            Code = AuditText.Cut(refusal.Code, MaxName)!,
            Limit = AuditText.Cut(refusal.Limit, MaxName),
            Message = AuditText.Cut(refusal.Message, MaxMessage),
        };

    private sealed class Row(RefusalEntry first)
    {
        public RefusalEntry First => first;

        public long Count { get; set; } = first.Count;
    }

    private readonly record struct Kind(string? KeyId, string Code, string? Limit, string? Model, string? User);
}
