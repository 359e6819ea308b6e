using Microsoft.Extensions.AI;
using Tollgate.Accounting.Ledger.Records;
using Tollgate.Accounting.Tracking;
using Tollgate.Metering.Usage;

namespace Tollgate.Accounting.ExtensionsAI;

/// <summary>The data collected from one call until it is recorded.</summary>
internal sealed class TrackedCall
{
    /// <summary>The model of a call that does not name one.</summary>
    public const string Unknown = "unknown";

    private readonly UsageTracker _tracker;
    private readonly TimeProvider _time;
    private readonly long _start;
    private UsageEntry _entry;
    private UsageDetails? _usage;
    private Exception? _failure;

    /// <summary>Starts a call of which only the request is known.</summary>
    /// <exception cref="ArgumentException">The call could not be recorded: it must not be sent.</exception>
    /// <exception cref="UsageRejectedException">The tracker's rules reject the call: it must not be sent.</exception>
    public TrackedCall(UsageTracker tracker, TimeProvider time, UsageEntry entry)
    {
        (_tracker, _time, _start) = (tracker, time, time.GetTimestamp());
        var at = time.GetUtcNow();
        // Without a response it is the provider's failure, unless something seen later shows otherwise.
        _entry = entry with
        {
            Timestamp = at,
            Id = Guid.CreateVersion7(at),
            Outcome = CallOutcome.ProviderError,
        };
        tracker.ToRecord(_entry);
        if (tracker.Check(_entry) is { } refusal)
            throw new UsageRejectedException(refusal);
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
            Outcome = CallOutcome.ClientDisconnected,
        };
        Note(update.ModelId, update.ResponseId);
        // Several usage reports in one stream add up, as in the interface's own ToChatResponse.
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
                _ when isCancelled => CallOutcome.ClientDisconnected,
                TimeoutException or OperationCanceledException => CallOutcome.TimedOut,
                _ when _entry.TimeToFirstToken is not null => CallOutcome.UpstreamCut,
                _ => CallOutcome.ProviderError,
            },
        };
    }

    /// <summary>
    /// Records what was seen. If both the call and the recording failed, both errors are reported together.
    /// </summary>
    public async Task BookAsync()
    {
        try
        {
            await _tracker.BookAsync((_entry with { Model = Model, ExecutionTime = Elapsed }).With(_usage));
        }
        catch (Exception booking) when (_failure is not null)
        {
            throw new AggregateException("The call failed, and recording its usage failed too.", _failure, booking);
        }
    }

    private TimeSpan Elapsed => _time.GetElapsedTime(_start);

    /// <summary>A client without a model in its request may get the model from the provider.</summary>
    private string Model =>
        _entry is { Model: Unknown, ResponseModel: { Length: > 0 } told } ? RecordText.Truncate(told)! : _entry.Model;

    private void Note(string? model, string? id) =>
        _entry = _entry with { ResponseModel = model ?? _entry.ResponseModel, ResponseId = id ?? _entry.ResponseId };
}
