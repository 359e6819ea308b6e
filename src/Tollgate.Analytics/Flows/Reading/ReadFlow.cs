using System.Runtime.CompilerServices;
using Tollgate.Analytics.Flows.Csv;

namespace Tollgate.Analytics.Flows.Reading;

/// <summary>The figures of one row.</summary>
internal readonly struct ReadFlow
{
    /// <summary>In units of 1e-9 token.</summary>
    public long NanoIn { get; private init; }

    /// <summary>In units of 1e-9 token.</summary>
    public long NanoOut { get; private init; }

    public TimeReading Start { get; private init; }

    /// <summary>In microseconds since 1970, if <see cref="Start"/> is usable.</summary>
    public long StartedAt { get; private init; }

    public TimeReading End { get; private init; }

    /// <summary>In microseconds since 1970, if <see cref="End"/> is usable.</summary>
    public long EndedAt { get; private init; }

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
        flow = new ReadFlow
        {
            NanoIn = nanoIn,
            NanoOut = nanoOut,
            Start = start,
            StartedAt = startedAt,
            End = end,
            EndedAt = endedAt,
        };
        return flow.HasTimes && endedAt < startedAt ? RejectReason.EndBeforeStart : null;
    }
}
