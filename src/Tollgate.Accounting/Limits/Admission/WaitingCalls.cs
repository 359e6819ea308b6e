namespace Tollgate.Accounting.Limits.Admission;

/// <summary>
/// The calls that wait for the store, in the order in which they came. Used under the controller's lock.
/// </summary>
/// <param name="tryTake">Takes what a call asks for; null where some grant does not suffice.</param>
/// <param name="ask">Notes what a call lacks for the next exchange, and gives that one's number.</param>
internal sealed class WaitingCalls(Func<AdmissionRequest, Reservation?> tryTake, Func<AdmissionRequest, long> ask)
{
    private readonly List<WaitingCall> _calls = [];

    /// <summary>Has a call wait.</summary>
    public WaitingCall Add(AdmissionRequest request)
    {
        var call = new WaitingCall(request);
        _calls.Add(call);
        call.Exchange = ask(request);
        return call;
    }

    /// <summary>Takes back one that waits no longer; what it was given just then is given back.</summary>
    public void Remove(WaitingCall call)
    {
        _calls.Remove(call);
        if (call.Answer.Task is { IsCompletedSuccessfully: true, Result.Reservation: { } reservation })
            reservation.Release();
    }

    /// <summary>Serves whom it can, refuses whom the store cannot serve, and lets the others ask again.</summary>
    /// <param name="number">The exchange that has ended; who waits for a later one is left alone.</param>
    /// <param name="answered">Whether the store answered.</param>
    public void Serve(long number, bool answered)
    {
        for (var index = 0; index < _calls.Count; index++)
        {
            var call = _calls[index];
            if (call.Exchange > number)
                continue;
            if (AnswerTo(call, answered) is { } answer)
            {
                call.Answer.TrySetResult(answer);
                _calls[index] = null!;
            }
            else
            {
                call.Exchange = ask(call.Request); // Others who came first took it, or a window has ended.
            }
        }

        _calls.RemoveAll(static call => call is null);
    }

    /// <summary>Answers all that the counters cannot be reached.</summary>
    public void RefuseAll()
    {
        foreach (var call in _calls)
            call?.Answer.TrySetResult(new AdmissionAnswer(null, call.Request.Unavailable()));
        _calls.Clear();
    }

    private AdmissionAnswer? AnswerTo(WaitingCall call, bool answered)
    {
        if (tryTake(call.Request) is { } taken)
            return new AdmissionAnswer(taken, null);
        if (!answered)
            return new AdmissionAnswer(null, call.Request.Unavailable());
        return !call.Request.IsForced && call.Request.Exhausted(call.Exchange) is { } refusal
            ? new AdmissionAnswer(null, refusal)
            : null;
    }
}

/// <summary>A call that waits for the store.</summary>
internal sealed class WaitingCall(AdmissionRequest request)
{
    public AdmissionRequest Request => request;

    public TaskCompletionSource<AdmissionAnswer> Answer { get; } =
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The number of the exchange that hears it.</summary>
    public long Exchange { get; set; }
}
