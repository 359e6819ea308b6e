using Tollgate.Metering.Usage;

namespace Tollgate.Gateway.Telemetry;

/// <summary>
/// The labels of a call's series. Each comes from a closed set, so that a caller cannot create series by inventing
/// names: a model that is neither priced nor in the model list is <c>other</c>.
/// </summary>
/// <param name="Operation">The operation's name.</param>
/// <param name="Provider">The provider's id.</param>
/// <param name="Model">The model's name, or <c>other</c>.</param>
/// <param name="Error">Empty on success; the outcome's name, or the HTTP status of the provider's refusal.</param>
internal readonly record struct CallLabels(string Operation, string Provider, string Model, string Error)
{
    public const string OtherModel = "other";

    private static readonly string[] Statuses =
    [
        .. Enumerable
            .Range(0, 600)
            .Select(status => status.ToString(System.Globalization.CultureInfo.InvariantCulture)),
    ];

    public static CallLabels FromRecord(UsageRecord record, Func<string, bool> isKnownModel) =>
        new(
            record.Operation,
            record.Provider,
            isKnownModel(record.Model) ? record.Model : OtherModel,
            GetError(record)
        );

    /// <summary>True if a record of the same model has these labels.</summary>
    public bool Match(UsageRecord record) =>
        Operation == record.Operation && Provider == record.Provider && Error == GetError(record);

    private static string GetError(UsageRecord record) =>
        record.Outcome switch
        {
            CallOutcome.Completed => "",
            CallOutcome.ProviderError => record.StatusCode is >= 400 and < 600
                ? Statuses[record.StatusCode]
                : "provider_error",
            CallOutcome.ConnectFailed => "connect_failed",
            CallOutcome.TimedOut => "timeout",
            CallOutcome.UpstreamCut => "upstream_cut",
            CallOutcome.ClientDisconnected => "client_disconnected",
            _ => "other",
        };
}
