using Tollgate.Accounting;
using Tollgate.Analytics;
using Tollgate.Analytics.Flows;
using Tollgate.Operations.Collectors;

namespace Tollgate.Operations.Jobs;

/// <summary>
/// The errors of jobs as their senders see them. Exceptions that are not about the sender's input may contain paths or
/// statements, so only the log has their text.
/// </summary>
internal static class JobErrors
{
    /// <summary>Returns the kind and the message of an error.</summary>
    public static (JobErrorKind Kind, string Message) Describe(Exception exception) =>
        exception switch
        {
            OperationException refused => (GetKind(refused.Error), refused.Message),
            CollectorException => (JobErrorKind.Provider, exception.Message),
            LedgerUnavailableException => (JobErrorKind.Unavailable, exception.Message),
            InvalidDataException or InvalidInputException or FlowFileException => (
                JobErrorKind.Invalid,
                exception.Message
            ),
            IOException or UnauthorizedAccessException => (
                JobErrorKind.Unavailable,
                "A file of the job cannot be written or read; perhaps the disk of the data folder is full. The log has "
                    + "the details under the id of the job."
            ),
            _ => (
                JobErrorKind.Internal,
                "The job failed because of an error in Tollgate. Its log has the details under the id of the job."
            ),
        };

    private static JobErrorKind GetKind(OperationError error) =>
        error switch
        {
            OperationError.NotFound => JobErrorKind.NotFound,
            OperationError.Conflict => JobErrorKind.Conflict,
            _ => JobErrorKind.Invalid,
        };
}
