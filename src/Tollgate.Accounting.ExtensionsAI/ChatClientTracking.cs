using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Tollgate.Accounting.Tracking;

namespace Tollgate.Accounting.ExtensionsAI;

/// <summary>Adds usage tracking to a chat client.</summary>
public static class ChatClientTracking
{
    /// <summary>Returns a client whose calls are recorded; see <see cref="UsageTrackingChatClient"/>.</summary>
    /// <param name="client">The client that calls the provider.</param>
    /// <param name="tracker">The tracker that records usage.</param>
    /// <param name="options">The values to record with every call.</param>
    public static IChatClient UseUsageTracking(
        this IChatClient client,
        UsageTracker tracker,
        UsageTrackingOptions? options = null
    ) => new UsageTrackingChatClient(client, tracker, options);

    /// <summary>
    /// Records the calls that pass this place of a pipeline; see <see cref="UsageTrackingChatClient"/>. Add it last,
    /// next to the provider, so that each call made by function invocation is recorded and no response from a cache is.
    /// </summary>
    /// <param name="builder">The pipeline.</param>
    /// <param name="tracker">The tracker that records usage; null for the one among the services of the program, which
    /// <c>AddTollgateAccounting</c> adds.</param>
    /// <param name="options">The values to record with every call.</param>
    public static ChatClientBuilder UseUsageTracking(
        this ChatClientBuilder builder,
        UsageTracker? tracker = null,
        UsageTrackingOptions? options = null
    )
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Use(
            (client, services) =>
                new UsageTrackingChatClient(
                    client,
                    tracker ?? services.GetRequiredService<UsageTracker>(),
                    options,
                    services.GetService<TimeProvider>()
                )
        );
    }
}
