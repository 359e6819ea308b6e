using Tollgate.Accounting.Limits.Admission;
using Tollgate.Gateway.Routing;
using Tollgate.Metering.Usage;

namespace Tollgate.Gateway.Calls;

/// <summary>One physical attempt at a deployment.</summary>
internal sealed class Attempt(
    CallId id,
    DeploymentState target,
    string model,
    DateTimeOffset startedAt,
    long startedTimestamp
) : IDisposable
{
    public CallId Id => id;

    public DeploymentState Target => target;

    /// <summary>The model requested from the provider.</summary>
    public string Model => model;

    public DateTimeOffset StartedAt => startedAt;

    /// <summary>The start, by the monotonic clock.</summary>
    public long StartedTimestamp => startedTimestamp;

    /// <summary>Its maximum usage, as far as known before it is sent.</summary>
    public TokenUsage UsageUpperBound { get; set; }

    /// <summary>Its maximum cost if that was reserved; otherwise null.</summary>
    public Money? CostUpperBound { get; set; }

    /// <summary>Its reservation on its limits; null if none applies to it.</summary>
    public Reservation? Reservation { get; set; }

    /// <summary>Ends the attempt when the caller disconnects or the provider is silent.</summary>
    public required UpstreamDeadline Deadline { get; init; }

    /// <summary>The provider's response; null if there was none.</summary>
    public HttpResponseMessage? Response { get; set; }

    public int StatusCode => Response is null ? 0 : (int)Response.StatusCode;

    /// <summary>
    /// True if the provider fulfilled the request: a redirect or an empty response is not one that a client could read.
    /// </summary>
    public bool HasUsableResponse => StatusCode is >= 200 and < 300 and not (204 or 205);

    /// <summary>True if its record is durable.</summary>
    public bool IsBooked { get; set; }

    public void Dispose()
    {
        Response?.Dispose();
        Deadline.Dispose();
    }
}
