using Tollgate.Accounting.SignIns;
using Xunit;

namespace Tollgate.Accounting.Testing;

// Counting attempts.
public abstract partial class SignInStoreCompliance
{
    private const string Subject = "account:alice";
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(15);

    /// <summary>A counter starts at one, and has the times of its first, last, and last but one attempt.</summary>
    [Fact]
    public async Task Counts_the_attempts_of_a_subject()
    {
        Assert.Null(await Store.FindAttemptsAsync(Subject));

        var first = await Store.CountAttemptAsync(Subject, Start, Window);
        var second = await Store.CountAttemptAsync(Subject, Start.AddMinutes(1), Window);
        var third = await Open().CountAttemptAsync(Subject, Start.AddMinutes(3), Window);
        var other = await Store.CountAttemptAsync("account:Alice", Start, Window);

        Assert.Equal(new SignInAttempts(1, Start, Start, null), first);
        Assert.Equal(new SignInAttempts(2, Start, Start.AddMinutes(1), Start), second);
        Assert.Equal(new SignInAttempts(3, Start, Start.AddMinutes(3), Start.AddMinutes(1)), third);
        Assert.Equal(1, other.Count);
        Assert.Equal(third, await Store.FindAttemptsAsync(Subject));
    }

    /// <summary>A counter restarts when its first attempt has the age of the window.</summary>
    [Fact]
    public async Task Restarts_a_counter_that_is_older_than_the_window()
    {
        await Store.CountAttemptAsync(Subject, Start, Window);
        var last = Start + Window - TimeSpan.FromMicroseconds(1);
        Assert.Equal(2, (await Store.CountAttemptAsync(Subject, last, Window)).Count);

        var restarted = await Store.CountAttemptAsync(Subject, Start + Window, Window);
        var next = await Store.CountAttemptAsync(Subject, Start + Window, Window);

        Assert.Equal(new SignInAttempts(1, Start + Window, Start + Window, null), restarted);
        Assert.Equal(new SignInAttempts(2, Start + Window, Start + Window, Start + Window), next);
    }

    /// <summary>Each of several concurrent attempts, also by several processes, has its own number.</summary>
    [Fact]
    public async Task Counts_concurrent_attempts_each_once()
    {
        const int writers = 8,
            each = 10;
        var counts = await Task.WhenAll(
            Enumerable
                .Range(0, writers)
                .Select(_ =>
                    Task.Run(async () =>
                    {
                        var store = Open();
                        var own = new List<int>();
                        for (var i = 0; i < each; i++)
                            own.Add((await store.CountAttemptAsync(Subject, Start, Window)).Count);
                        return own;
                    })
                )
        );

        Assert.Equal(Enumerable.Range(1, writers * each), counts.SelectMany(static own => own).Order());
    }

    /// <summary>A cleared counter starts again, and the others do not change.</summary>
    [Fact]
    public async Task Clears_a_counter()
    {
        await Store.CountAttemptAsync(Subject, Start, Window);
        await Store.CountAttemptAsync("address:192.0.2.7", Start, Window);

        await Store.ClearAttemptsAsync(Subject);
        await Store.ClearAttemptsAsync("account:unknown");

        Assert.Null(await Store.FindAttemptsAsync(Subject));
        Assert.Equal(1, (await Store.CountAttemptAsync(Subject, Start, Window)).Count);
        Assert.Equal(2, (await Store.CountAttemptAsync("address:192.0.2.7", Start, Window)).Count);
    }

    /// <summary>Counters are removed by their last attempt.</summary>
    [Fact]
    public async Task Removes_counters_without_recent_attempts()
    {
        await Store.CountAttemptAsync("account:old", Start, Window);
        await Store.CountAttemptAsync(Subject, Start, Window);
        await Store.CountAttemptAsync(Subject, Start.AddMinutes(5), Window);

        Assert.Equal(1, await Store.RemoveAttemptsAsync(Start.AddMinutes(5)));

        Assert.Null(await Store.FindAttemptsAsync("account:old"));
        Assert.Equal(2, (await Store.FindAttemptsAsync(Subject))!.Count);
    }
}
