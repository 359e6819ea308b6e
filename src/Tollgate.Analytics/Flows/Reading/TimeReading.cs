namespace Tollgate.Analytics.Flows.Reading;

/// <summary>The result of parsing a time.</summary>
internal enum TimeReading
{
    /// <summary>It is a time.</summary>
    Usable,

    /// <summary>It is empty.</summary>
    Missing,

    /// <summary>It is not a time that exists.</summary>
    Impossible,
}
