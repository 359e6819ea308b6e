namespace Tollgate.Operations.Collectors.Sources;

/// <summary>The rules for collecting reports.</summary>
internal static class CollectRequestValidator
{
    private const int MaxDays = 3660;

    /// <exception cref="OperationException">The request is not valid; the message names the field.</exception>
    public static void Validate(CollectRequest request)
    {
        var isAll = request.Provider == CollectRequest.AllProviders;
        if (!isAll && !ReportSources.Providers.Contains(request.Provider))
            throw FieldRules.CreateException(
                "provider",
                $"provider must be one of {string.Join(", ", ReportSources.Providers)} or "
                    + $"{CollectRequest.AllProviders}, not '{request.Provider}'."
            );
        if (request.To <= request.From)
            throw FieldRules.CreateException("to", "The period ends before it begins. Swap the two days.");
        if (request.To.DayNumber - request.From.DayNumber > MaxDays)
            throw FieldRules.CreateException("to", "The period is longer than ten years. Collect it in parts.");
        if (request.BillingExport is not null && request.Provider != "google")
            throw FieldRules.CreateException(
                "billing_export",
                $"A billing export is Google's and requires the provider google, not '{request.Provider}'."
            );
        if (request.BaseUrl is not null && isAll)
            throw FieldRules.CreateException(
                "base_url",
                "base_url is the address of one provider and cannot be combined with the provider 'all'."
            );
    }
}
