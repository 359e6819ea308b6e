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

    /// <summary>The model that is asked of the provider.</summary>
    public string Model => model;

    public DateTimeOffset StartedAt => startedAt;

    /// <summary>The start by the clock that only goes forward.</summary>
    public long StartedTimestamp => startedTimestamp;

    /// <summary>The most that it can consume, as far as is known before it is sent.</summary>
    public TokenUsage UpperBound { get; set; }

    /// <summary>The most that it can cost, where that was reserved; else null.</summary>
    public Money? UpperCost { get; set; }

    /// <summary>What it has reserved on its limits; null where none concerns it.</summary>
    public Reservation? Reservation { get; set; }

    /// <summary>Ends the attempt when the caller leaves or the provider is silent.</summary>
    public required UpstreamDeadline Deadline { get; init; }

    /// <summary>The provider's answer; null where none came.</summary>
    public HttpResponseMessage? Response { get; set; }

    public int StatusCode => Response is null ? 0 : (int)Response.StatusCode;

    /// <summary>
    /// Whether the provider did what it was asked: a redirect or an empty answer is none that a client could read.
    /// </summary>
    public bool IsAnswered => StatusCode is >= 200 and < 300 and not (204 or 205);

    /// <summary>Whether its record is durable.</summary>
    public bool IsBooked { get; set; }

    public void Dispose()
    {
        Response?.Dispose();
        Deadline.Dispose();
    }
}
