using Microsoft.Extensions.AI;
using Tollgate.Accounting.Ledger.Records;
using Tollgate.Accounting.Tracking;
using Tollgate.Metering.Usage;

namespace Tollgate.Accounting.ExtensionsAI;

/// <summary>What is seen of one call, until it is booked.</summary>
internal sealed class TrackedCall
{
    /// <summary>The model of a call that names none.</summary>
    public const string Unknown = "unknown";

    private readonly UsageTracker _tracker;
    private readonly TimeProvider _time;
    private readonly long _start;
    private UsageEntry _entry;
    private UsageDetails? _usage;
    private Exception? _failure;

    /// <summary>Begins a call that nothing is known of but its request.</summary>
    /// <exception cref="ArgumentException">It could not be booked: it must not be sent.</exception>
    /// <exception cref="UsageRefusedException">The tracker's rules refuse it: it must not be sent.</exception>
    public TrackedCall(UsageTracker tracker, TimeProvider time, UsageEntry entry)
    {
        (_tracker, _time, _start) = (tracker, time, time.GetTimestamp());
        var at = time.GetUtcNow();
        // Without an answer it is the provider's failure; whatever is seen later says otherwise.
        _entry = entry with
        {
            Timestamp = at,
            Id = Guid.CreateVersion7(at),
            Outcome = CallOutcome.ProviderError,
        };
        tracker.ToRecord(_entry);
        if (tracker.Refuse(_entry) is { } refusal)
            throw new UsageRefusedException(refusal);
    }

    public void See(ChatResponse response)
    {
        _usage = response.Usage;
        Note(response.ModelId, response.ResponseId);
        Complete();
    }

    public void See(ChatResponseUpdate update)
    {
        _entry = _entry with
        {
            TimeToFirstToken = _entry.TimeToFirstToken ?? Elapsed,
            Outcome = CallOutcome.ClientLeft,
        };
        Note(update.ModelId, update.ResponseId);
        // Several statements in one stream add up: that is how the interface's own ToChatResponse reads them.
        foreach (var content in update.Contents)
            if (content is UsageContent usage)
                (_usage ??= new UsageDetails()).Add(usage.Details);
    }

    public void Complete() => _entry = _entry with { Outcome = CallOutcome.Completed };

    public void Fail(Exception failure, bool isCancelled)
    {
        _failure = failure;
        _entry = _entry with
        {
            ErrorType = isCancelled ? null : failure.GetType().Name,
            Outcome = failure switch
            {
                _ when isCancelled => CallOutcome.ClientLeft,
                TimeoutException or OperationCanceledException => CallOutcome.TimedOut,
                _ when _entry.TimeToFirstToken is not null => CallOutcome.UpstreamCut,
                _ => CallOutcome.ProviderError,
            },
        };
    }

    /// <summary>Books what was seen. A call and its booking that both failed are reported together.</summary>
    public async Task BookAsync()
    {
        try
        {
            await _tracker.BookAsync((_entry with { Model = Model, ExecutionTime = Elapsed }).With(_usage));
        }
        catch (Exception booking) when (_failure is not null)
        {
            throw new AggregateException("The call failed, and so did its booking.", _failure, booking);
        }
    }

    private TimeSpan Elapsed => _time.GetElapsedTime(_start);

    /// <summary>A client that names no model when asked may be told one by the provider.</summary>
    private string Model =>
        _entry is { Model: Unknown, ResponseModel: { Length: > 0 } told } ? RecordText.Fit(told)! : _entry.Model;

    private void Note(string? model, string? id) =>
        _entry = _entry with { ResponseModel = model ?? _entry.ResponseModel, ResponseId = id ?? _entry.ResponseId };
}
