namespace Tollgate.Analytics.Flows.Reading;

/// <summary>What became of a time's text.</summary>
internal enum TimeReading
{
    /// <summary>It is a time.</summary>
    Usable,

    /// <summary>It is empty.</summary>
    Missing,

    /// <summary>It is no time that exists.</summary>
    Impossible,
}
