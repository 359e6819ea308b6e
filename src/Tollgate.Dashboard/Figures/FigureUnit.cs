namespace Tollgate.Dashboard.Figures;

/// <summary>The unit of a number on a page.</summary>
public enum FigureUnit
{
    /// <summary>A plain number.</summary>
    Number,

    /// <summary>US dollars.</summary>
    Usd,

    /// <summary>A duration in seconds.</summary>
    Seconds,

    /// <summary>A part of a whole, from 0 to 1.</summary>
    Share,
}
