namespace Tollgate.Analytics.Flows;

/// <summary>Why a row is not counted.</summary>
public enum RejectReason
{
    /// <summary>It has more or fewer fields than the header.</summary>
    FieldCount,

    /// <summary>A quoted field does not end within 1 MiB or the file; reading continues with the next line.</summary>
    UnclosedQuote,

    /// <summary>Text follows a quoted field before the next separator.</summary>
    StrayQuote,

    /// <summary>The row is longer than 1 MiB.</summary>
    TooLong,

    /// <summary>The group's name is not UTF-8.</summary>
    InvalidUtf8,

    /// <summary>Tokens are not a number.</summary>
    NotANumber,

    /// <summary>Tokens are negative.</summary>
    Negative,

    /// <summary>More than 4 billion tokens.</summary>
    TooLarge,

    /// <summary>The flow ends before it starts.</summary>
    EndBeforeStart,
}
