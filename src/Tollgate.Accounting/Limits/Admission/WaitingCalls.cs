namespace Tollgate.Accounting.Limits.Admission;

/// <summary>The calls that wait for the store, in order of arrival. Used under the controller's lock.</summary>
/// <param name="tryTake">Takes what a call requests; returns null if a lease is too small.</param>
/// <param name="ask">Registers what a call lacks for the next exchange and returns its number.</param>
internal sealed class WaitingCalls(Func<AdmissionRequest, Reservation?> tryTake, Func<AdmissionRequest, long> ask)
{
    private readonly List<WaitingCall> _calls = [];

    /// <summary>Adds a waiting call.</summary>
    public WaitingCall Add(AdmissionRequest request)
    {
        var call = new WaitingCall(request);
        _calls.Add(call);
        call.Exchange = ask(request);
        return call;
    }

    /// <summary>Removes a call that no longer waits; whatever it was just granted is returned.</summary>
    public void Remove(WaitingCall call)
    {
        _calls.Remove(call);
        if (call.Result.Task is { IsCompletedSuccessfully: true, Result.Reservation: { } reservation })
            reservation.Release();
    }

    /// <summary>
    /// Serves the calls that can be served, refuses those that the store cannot serve, and lets the others request
    /// again.
    /// </summary>
    /// <param name="number">The exchange that has ended; calls that wait for a later one are skipped.</param>
    /// <param name="answered">True if the store responded.</param>
    public void Serve(long number, bool answered)
    {
        for (var index = 0; index < _calls.Count; index++)
        {
            var call = _calls[index];
            if (call.Exchange > number)
                continue;
            if (Resolve(call, answered) is { } answer)
            {
                call.Result.TrySetResult(answer);
                _calls[index] = null!;
            }
            else
            {
                call.Exchange = ask(call.Request); // Earlier calls took it, or a window has ended.
            }
        }

        _calls.RemoveAll(static call => call is null);
    }

    /// <summary>Refuses all calls because the counters cannot be reached.</summary>
    public void RefuseAll()
    {
        foreach (var call in _calls)
            call?.Result.TrySetResult(new AdmissionResult(null, call.Request.RefuseUnavailable()));
        _calls.Clear();
    }

    private AdmissionResult? Resolve(WaitingCall call, bool answered)
    {
        if (tryTake(call.Request) is { } taken)
            return new AdmissionResult(taken, null);
        if (!answered)
            return new AdmissionResult(null, call.Request.RefuseUnavailable());
        return !call.Request.IsForced && call.Request.FindExhausted(call.Exchange) is { } refusal
            ? new AdmissionResult(null, refusal)
            : null;
    }
}

/// <summary>A call that waits for the store.</summary>
internal sealed class WaitingCall(AdmissionRequest request)
{
    public AdmissionRequest Request => request;

    public TaskCompletionSource<AdmissionResult> Result { get; } =
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The number of the exchange that will serve it.</summary>
    public long Exchange { get; set; }
}
