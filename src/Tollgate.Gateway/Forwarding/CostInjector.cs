using System.Text;
using Tollgate.Gateway.Dialects;
using Tollgate.Metering.Usage;
using Tollgate.Metering.Wire;

namespace Tollgate.Gateway.Forwarding;

/// <summary>
/// Writes the cost, in USD, into the usage that a stream reports, for a caller who requested it. The frame has just
/// been metered, so its price is the one that will be booked. If no price is known, the frame remains as it is.
/// </summary>
internal sealed class CostInjector(UsageLocation statement, IUsageMeter meter, Func<MeterReading, Money?> price)
{
    /// <summary>Injects the cost into the frame that starts at <paramref name="position"/>.</summary>
    /// <returns>The number of bytes by which it has grown.</returns>
    public int Inject(PooledBuffer buffer, int position, in Frame frame, FrameRole role)
    {
        if (frame.Data.Length == 0 || (statement.IsCumulative && role == FrameRole.Content))
            return 0;
        // A payload of several lines has no single place for it; no known provider reports its usage that way.
        if (frame.IsSplit)
            return 0;
        var data = frame.Data.Slice(buffer.Span[position..]);
        if (CostInsertionPoint.Find(data, statement.Path) is not { } place || price(meter.Reading) is not { } cost)
            return 0;

        var text = Encoding.ASCII.GetBytes(place.Prefix + cost);
        buffer.Replace(position + frame.Data.Start + place.Start, place.Length, text);
        return text.Length - place.Length;
    }
}
