namespace Tollgate.Metering.Limits;

/// <summary>The action when a limit is exhausted.</summary>
public enum LimitMode
{
    /// <summary>The call is refused before it is sent.</summary>
    Hard,

    /// <summary>The call proceeds, is marked, and an alert is sent.</summary>
    Soft,

    /// <summary>Counted as if it were hard; the call proceeds unmarked and only appears in statistics.</summary>
    Shadow,
}
