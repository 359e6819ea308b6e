using Microsoft.Extensions.AI;
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
}
