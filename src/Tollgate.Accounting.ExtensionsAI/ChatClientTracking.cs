using Microsoft.Extensions.AI;
using Tollgate.Accounting.Tracking;

namespace Tollgate.Accounting.ExtensionsAI;

/// <summary>Adds the booking to a chat client.</summary>
public static class ChatClientTracking
{
    /// <summary>The client whose calls are booked; see <see cref="UsageTrackingChatClient"/>.</summary>
    /// <param name="client">The client that speaks to the provider.</param>
    /// <param name="tracker">What books.</param>
    /// <param name="options">What is booked with every call.</param>
    public static IChatClient UseUsageTracking(
        this IChatClient client,
        UsageTracker tracker,
        UsageTrackingOptions? options = null
    ) => new UsageTrackingChatClient(client, tracker, options);
}
