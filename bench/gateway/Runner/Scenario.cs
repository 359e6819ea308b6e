namespace Tollgate.Gateway.Bench;

/// <summary>One kind of load.</summary>
internal sealed record Scenario(bool Streams, int PromptBytes, int Connections)
{
    /// <summary>The scenario to which the floors apply: it shows the cost of a gateway most clearly.</summary>
    public static readonly Scenario Floor = new(false, 1024, 64);

    public static readonly Scenario[] All =
    [
        .. from streams in new[] { false, true }
        from bytes in new[] { 1024, 200 * 1024 }
        from connections in new[] { 64, 256 }
        select new Scenario(streams, bytes, connections),
    ];

    /// <summary>Few connections, on which a gateway's own latency shows.</summary>
    public static readonly Scenario[] Idle = [new(false, 1024, 1), new(false, 1024, 4)];

    public override string ToString() =>
        $"{(Streams ? "streamed" : "plain")}, {PromptBytes / 1024} KB, {Connections} "
        + (Connections == 1 ? "connection" : "connections");
}
