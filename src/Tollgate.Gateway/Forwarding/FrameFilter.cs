using System.Buffers;
using Tollgate.Metering.Wire;

namespace Tollgate.Gateway.Forwarding;

/// <summary>
/// Decides, frame by frame, what part of a stream may pass: feeds each frame to the meter and holds back the terminal
/// one until its record is durable, as well as a usage chunk that the caller did not request. If the caller requested
/// the cost, the usage contains it.
/// </summary>
internal sealed class FrameFilter(
    IFrameScanner scanner,
    IUsageMeter meter,
    bool withholdUsage,
    CostInjector? cost = null
)
{
    private int _held;

    /// <summary>True if the dialect's terminal event has been seen.</summary>
    public bool IsTerminal { get; private set; }

    /// <summary>True if a frame is held back.</summary>
    public bool IsHolding => IsTerminal || _held > 0;

    /// <summary>
    /// Evaluates the unread bytes. The first <see cref="Decision.Pass"/> bytes may go to the caller, and the
    /// <see cref="Decision.Skip"/> bytes after them must not; the caller of this method then calls it again, until both
    /// are zero.
    /// </summary>
    public Decision Evaluate(PooledBuffer unread, bool isFinal)
    {
        var position = _held;
        while (!IsTerminal && scanner.TryRead(unread.Span[position..], isFinal, out var frame))
        {
            var role = Read(frame, unread.Span.Slice(position, frame.Length));
            if (cost is not null)
                frame = frame with { Length = frame.Length + cost.Inject(unread, position, frame, role) };
            switch (role)
            {
                case FrameRole.UsageOnly when withholdUsage:
                    return ReleaseHeld(new Decision(position, frame.Length));
                case FrameRole.Terminal:
                    IsTerminal = true;
                    _held = 0;
                    return new Decision(position, 0);
                case FrameRole.PerhapsTerminal:
                    // An earlier one is released: more came after it.
                    if (position > 0)
                    {
                        _held = frame.Length;
                        return new Decision(position, 0);
                    }

                    _held = position = frame.Length;
                    break;
                default:
                    // A comment or a closing bracket does not show whether the frame before it was the last.
                    if (_held > 0 && _held == position && frame.Data.Length == 0)
                        _held += frame.Length;
                    else
                        _held = 0;
                    position += frame.Length;
                    break;
            }
        }

        return new Decision(position - _held, 0);
    }

    private Decision ReleaseHeld(Decision verdict)
    {
        _held = 0;
        return verdict;
    }

    private FrameRole Read(Frame frame, ReadOnlySpan<byte> bytes)
    {
        if (!frame.IsSplit)
            return meter.ReadFrame(frame.Event.Slice(bytes), frame.Data.Slice(bytes));
        var joined = ArrayPool<byte>.Shared.Rent(bytes.Length);
        var length = SseScanner.Join(bytes, joined);
        var role = meter.ReadFrame(frame.Event.Slice(bytes), joined.AsSpan(0, length));
        ArrayPool<byte>.Shared.Return(joined);
        return role;
    }

    /// <summary>A decision about the first bytes of the buffer.</summary>
    /// <param name="Pass">Bytes for the caller.</param>
    /// <param name="Skip">Bytes after them that the caller must not see.</param>
    public readonly record struct Decision(int Pass, int Skip);
}
