namespace Tollgate.Api.Compatibility.LiteLlm.Spend;

/// <summary>The groups of a report.</summary>
internal enum ReportGroup
{
    /// <summary>The teams of keys.</summary>
    Team,

    /// <summary>The end users named in requests.</summary>
    Customer,

    /// <summary>The keys.</summary>
    ApiKey,
}
