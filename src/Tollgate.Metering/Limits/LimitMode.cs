namespace Tollgate.Metering.Limits;

/// <summary>What happens where a limit is spent.</summary>
public enum LimitMode
{
    /// <summary>The call is refused before it is sent.</summary>
    Hard,

    /// <summary>The call passes, is marked, and an alert is raised.</summary>
    Soft,

    /// <summary>Counted as if it were hard; the call passes unmarked, and only statistics tell.</summary>
    Shadow,
}
