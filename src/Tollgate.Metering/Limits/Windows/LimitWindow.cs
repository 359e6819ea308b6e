namespace Tollgate.Metering.Limits.Windows;

/// <summary>
/// The window of a limit, which determines when it resets. Pure arithmetic on instants, without state.
/// </summary>
public abstract record LimitWindow
{
    private protected LimitWindow() { }

    /// <summary>The window as people write it, such as <c>day</c>, <c>7 minutes</c> or <c>rolling 1 hour</c>.</summary>
    public abstract string Text { get; }

    /// <inheritdoc/>
    public sealed override string ToString() => Text;
}

/// <summary>No window: the limit counts forever.</summary>
public sealed record TotalWindow : LimitWindow
{
    /// <summary>The only instance.</summary>
    public static readonly TotalWindow Instance = new();

    private TotalWindow() { }

    /// <inheritdoc/>
    public override string Text => "total";
}

/// <summary>No window, because nothing accumulates: the limit applies at each instant, or to each request.</summary>
public sealed record InstantWindow : LimitWindow
{
    /// <summary>The only instance.</summary>
    public static readonly InstantWindow Instance = new();

    private InstantWindow() { }

    /// <inheritdoc/>
    public override string Text => "at once";
}
