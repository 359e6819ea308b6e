namespace Tollgate.Analytics.Flows;

/// <summary>Which time a flow lacks. Where both are unusable, the start is named.</summary>
public enum TimeGap
{
    /// <summary>The start is empty.</summary>
    CreatedAtMissing,

    /// <summary>The start is no time that exists.</summary>
    CreatedAtImpossible,

    /// <summary>The end is empty: the flow is not finished.</summary>
    FinishedAtMissing,

    /// <summary>The end is no time that exists.</summary>
    FinishedAtImpossible,
}
