using System.Text;
using Tollgate.Gateway.Dialects;
using Tollgate.Metering.Usage;
using Tollgate.Metering.Wire;

namespace Tollgate.Gateway.Forwarding;

/// <summary>
/// Writes the cost, in USD, into the usage that a stream states, for a caller who asked for it. The frame has just been
/// metered, so its price is the one that will be booked. Where no price is known the frame stays as it is.
/// </summary>
internal sealed class CostStamp(UsageStatement statement, IUsageMeter meter, Func<UsageReading, Money?> price)
{
    /// <summary>Stamps the frame that begins at <paramref name="position"/>.</summary>
    /// <returns>The bytes by which it has grown.</returns>
    public int Stamp(PooledBuffer buffer, int position, in Frame frame, FrameRole role)
    {
        if (frame.Data.Length == 0 || (statement.IsRepeated && role == FrameRole.Content))
            return 0;
        // A payload of several lines has no one place for it; no known provider states its usage so.
        if (frame.IsSplit)
            return 0;
        var data = frame.Data.In(buffer.Span[position..]);
        if (CostPlace.Find(data, statement.Path) is not { } place || price(meter.Reading) is not { } cost)
            return 0;

        var text = Encoding.ASCII.GetBytes(place.Prefix + cost);
        buffer.Replace(position + frame.Data.Start + place.Start, place.Length, text);
        return text.Length - place.Length;
    }
}
