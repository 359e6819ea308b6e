using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Tollgate.Testing;

/// <summary>Waits for a condition that another thread, process, or server brings about.</summary>
public static class Eventually
{
    /// <summary>Long enough for a machine whose cores are all busy: only a test that fails waits this long.</summary>
    private static readonly TimeSpan DefaultTimeout = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(10);

    /// <summary>Checks the condition every 10 ms until it is true.</summary>
    /// <exception cref="TimeoutException">
    /// The condition was still false after two minutes; the message holds its source text.
    /// </exception>
    public static Task BecomesTrueAsync(
        Func<bool> condition,
        TimeSpan? timeout = null,
        [CallerArgumentExpression(nameof(condition))] string? text = null
    ) => BecomesTrueAsync(() => Task.FromResult(condition()), timeout, text);

    /// <inheritdoc cref="BecomesTrueAsync(Func{bool}, TimeSpan?, string?)"/>
    public static async Task BecomesTrueAsync(
        Func<Task<bool>> condition,
        TimeSpan? timeout = null,
        [CallerArgumentExpression(nameof(condition))] string? text = null
    )
    {
        var limit = timeout ?? DefaultTimeout;
        var watch = Stopwatch.StartNew();
        while (!await condition())
        {
            if (watch.Elapsed > limit)
                throw new TimeoutException($"Not true after {limit.TotalSeconds:0} s: {text}");
            await Task.Delay(Interval);
        }
    }
}
