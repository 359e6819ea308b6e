using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using Tollgate.Accounting.Tracking;

namespace Tollgate.Accounting.ExtensionsAI;

/// <summary>Records each call of a chat client, streaming or not.</summary>
/// <remarks>
/// <para>A plain response is returned after its record is on disk. The updates of a stream pass at once; its <i>end</i>
/// waits for the record. So a call that its caller saw succeed has been recorded.</para>
/// <para>A failure to record is thrown, never swallowed: <see cref="LedgerUnavailableException"/> means that the call
/// was made and its record will be written later from memory; if the call failed too, both are in an
/// <see cref="AggregateException"/>.</para>
/// <para>A call that fails, and a stream that breaks or that the caller abandons, is recorded with what was seen, and
/// with how it ended. A stream that is neither read to its end nor disposed of is not recorded.</para>
/// <para>Wrap the client that calls the provider, below anything that calls it several times (function calls) or not at
/// all (caches).</para>
/// </remarks>
public sealed class UsageTrackingChatClient : DelegatingChatClient
{
    private readonly UsageTracker _tracker;
    private readonly UsageTrackingOptions _options;
    private readonly TimeProvider _time;
    private readonly ChatClientMetadata? _metadata;

    /// <summary>Wraps a client.</summary>
    /// <param name="inner">The client; disposed of with this one.</param>
    /// <param name="tracker">The tracker that records usage.</param>
    /// <param name="options">The values to record with every call.</param>
    /// <param name="time">The clock.</param>
    public UsageTrackingChatClient(
        IChatClient inner,
        UsageTracker tracker,
        UsageTrackingOptions? options = null,
        TimeProvider? time = null
    )
        : base(inner)
    {
        (_tracker, _options, _time) = (tracker, options ?? new UsageTrackingOptions(), time ?? TimeProvider.System);
        _metadata = inner.GetService(typeof(ChatClientMetadata)) as ChatClientMetadata;
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The call could not be booked as its options are, so it is not
    /// made.</exception>
    /// <exception cref="UsageRejectedException">The tracker's rules reject the call, so it is not made.</exception>
    /// <exception cref="LedgerUnavailableException">The call was made; its record is kept in memory and written
    /// later.</exception>
    public override async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        var call = Begin(options, streamed: false);
        try
        {
            var response = await base.GetResponseAsync(messages, UsageProperties.Without(options), cancellationToken);
            call.See(response);
            return response;
        }
        catch (Exception failure)
        {
            call.Fail(failure, cancellationToken.IsCancellationRequested);
            throw;
        }
        finally
        {
            await call.BookAsync();
        }
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The call could not be booked as its options are, so it is not
    /// made.</exception>
    /// <exception cref="UsageRejectedException">The tracker's rules reject the call, so it is not made.</exception>
    /// <exception cref="LedgerUnavailableException">The call was made; its record is kept in memory and written
    /// later.</exception>
    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default
    )
    {
        var call = Begin(options, streamed: true);
        try
        {
            await using var updates = base.GetStreamingResponseAsync(
                    messages,
                    UsageProperties.Without(options),
                    cancellationToken
                )
                .GetAsyncEnumerator(cancellationToken);
            while (await MoveNextAsync(updates, call, cancellationToken))
                yield return updates.Current;
            call.Complete();
        }
        finally
        {
            await call.BookAsync();
        }
    }

    private static async ValueTask<bool> MoveNextAsync(
        IAsyncEnumerator<ChatResponseUpdate> updates,
        TrackedCall call,
        CancellationToken cancellationToken
    )
    {
        try
        {
            if (!await updates.MoveNextAsync())
                return false;
            call.See(updates.Current);
            return true;
        }
        catch (Exception failure)
        {
            call.Fail(failure, cancellationToken.IsCancellationRequested);
            throw;
        }
    }

    private TrackedCall Begin(ChatOptions? options, bool streamed)
    {
        var properties = UsageProperties.Over(_options, options);
        return new TrackedCall(
            _tracker,
            _time,
            new UsageEntry
            {
                Model = options?.ModelId ?? _metadata?.DefaultModelId ?? TrackedCall.Unknown,
                Provider = properties.Provider ?? ProviderNames.Of(_metadata?.ProviderName),
                Streamed = streamed,
                CallerName = properties.Application,
                Username = properties.User,
                Project = properties.Project,
                Session = properties.Session,
                Tags = properties.Tags,
            }
        );
    }
}
