namespace Tollgate.Operations.Jobs;

/// <summary>Why a job failed.</summary>
public enum JobErrorKind
{
    /// <summary>The input is not valid.</summary>
    Invalid,

    /// <summary>The input refers to something that does not exist.</summary>
    NotFound,

    /// <summary>The state of the data does not allow it.</summary>
    Conflict,

    /// <summary>A provider could not be reached, or refused the request.</summary>
    Provider,

    /// <summary>The database is away, or the data folder cannot be written.</summary>
    Unavailable,

    /// <summary>It took longer than a job may run.</summary>
    TooLong,

    /// <summary>An error in the program, which its log describes.</summary>
    Internal,
}
