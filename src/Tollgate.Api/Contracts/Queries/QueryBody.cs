namespace Tollgate.Api.Contracts.Queries;

/// <summary>A read-only SQL statement.</summary>
internal sealed record QueryBody
{
    /// <summary>One statement over <c>accounting_entries</c> and the tables of the store.</summary>
    public required string Sql { get; init; }

    /// <summary>The maximum number of rows, from 1 to 10000; absent for 1000.</summary>
    public int? MaxRows { get; init; }

    /// <summary>The maximum time in seconds, from 1 to 60; absent for 10.</summary>
    public int? TimeoutSeconds { get; init; }
}
