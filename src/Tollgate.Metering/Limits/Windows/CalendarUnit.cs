namespace Tollgate.Metering.Limits.Windows;

/// <summary>The unit of a calendar window.</summary>
public enum CalendarUnit
{
    /// <summary>A second.</summary>
    Second,

    /// <summary>60 seconds.</summary>
    Minute,

    /// <summary>3600 seconds, even across a daylight-saving change.</summary>
    Hour,

    /// <summary>From midnight to midnight, 23 to 25 hours.</summary>
    Day,

    /// <summary>Seven days, from Monday.</summary>
    Week,

    /// <summary>From the first of a month.</summary>
    Month,

    /// <summary>Three months, from January, April, July and October.</summary>
    Quarter,

    /// <summary>From the first of January.</summary>
    Year,
}
