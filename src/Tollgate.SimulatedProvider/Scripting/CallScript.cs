namespace Tollgate.SimulatedProvider.Scripting;

/// <summary>
/// The behavior that the directive in its prompt requests for one call. <see cref="Directive"/> defines each key.
/// </summary>
internal sealed class CallScript
{
    public static readonly CallScript Empty = new();

    public string? Id { get; set; }
    public string? Model { get; set; }

    public long? Input { get; set; }
    public long Cached { get; set; }
    public long Cache5m { get; set; }
    public long Cache1h { get; set; }
    public long AudioIn { get; set; }
    public long ImageIn { get; set; }
    public long? Output { get; set; }
    public long Reasoning { get; set; }
    public long AudioOut { get; set; }
    public long ImageOut { get; set; }

    public TimeSpan? Latency { get; set; }
    public TimeSpan Ttft { get; set; }
    public long? Rate { get; set; }
    public TimeSpan? Trickle { get; set; }
    public long TrickleBytes { get; set; } = 1;
    public TimeSpan Hang { get; set; }

    public long? Error { get; set; }
    public long? RetryAfter { get; set; }
    public long? FailTimes { get; set; }
    public long? Cut { get; set; }
    public bool MidstreamError { get; set; }
    public long? Html { get; set; }

    public long? Chunks { get; set; }
    public long? N { get; set; }
    public string? Finish { get; set; }
    public string? Tool { get; set; }
    public bool Refusal { get; set; }
    public bool Incomplete { get; set; }
    public string? Encoding { get; set; }
    public long Size { get; set; }
}
