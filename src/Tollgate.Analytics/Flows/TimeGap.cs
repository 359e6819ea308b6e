namespace Tollgate.Analytics.Flows;

/// <summary>Which time of a flow is unusable. If both are, the start is reported.</summary>
public enum TimeGap
{
    /// <summary>The start is empty.</summary>
    CreatedAtMissing,

    /// <summary>The start is not a time that exists.</summary>
    CreatedAtImpossible,

    /// <summary>The end is empty: the flow is not finished.</summary>
    FinishedAtMissing,

    /// <summary>The end is not a time that exists.</summary>
    FinishedAtImpossible,
}
