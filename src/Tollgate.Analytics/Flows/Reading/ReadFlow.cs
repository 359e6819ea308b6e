using System.Runtime.CompilerServices;
using Tollgate.Analytics.Flows.Csv;

namespace Tollgate.Analytics.Flows.Reading;

/// <summary>The figures of one row.</summary>
internal readonly struct ReadFlow
{
    private ReadFlow(long nanoIn, long nanoOut, TimeReading start, long startedAt, TimeReading end, long endedAt) =>
        (NanoIn, NanoOut, Start, StartedAt, End, EndedAt) = (nanoIn, nanoOut, start, startedAt, end, endedAt);

    /// <summary>In units of 1e-9 token.</summary>
    public long NanoIn { get; }

    /// <summary>In units of 1e-9 token.</summary>
    public long NanoOut { get; }

    public TimeReading Start { get; }

    /// <summary>In microseconds since 1970, if <see cref="Start"/> is usable.</summary>
    public long StartedAt { get; }

    public TimeReading End { get; }

    /// <summary>In microseconds since 1970, if <see cref="End"/> is usable.</summary>
    public long EndedAt { get; }

    public bool HasTimes => Start == TimeReading.Usable && End == TimeReading.Usable;

    /// <summary>Parses a row; returns the reason and the column if it is invalid.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static RejectReason? From<TRow>(TRow row, FlowLayout layout, out ReadFlow flow, out int column)
        where TRow : IFlowRow, allows ref struct
    {
        flow = default;
        column = layout.TokensIn;
        if (FlowNumber.Read(row[column], out var nanoIn) is { } wrongIn)
            return wrongIn;
        column = layout.TokensOut;
        if (FlowNumber.Read(row[column], out var nanoOut) is { } wrongOut)
            return wrongOut;
        var start = FlowTime.Read(row[layout.CreatedAt], out var startedAt);
        column = layout.FinishedAt;
        var end = FlowTime.Read(row[column], out var endedAt);
        flow = new ReadFlow(nanoIn, nanoOut, start, startedAt, end, endedAt);
        return flow.HasTimes && endedAt < startedAt ? RejectReason.EndBeforeStart : null;
    }
}
