using System.Globalization;
using Tollgate.Accounting.Registry;
using Tollgate.Accounting.Usage;
using Tollgate.Api.Parameters;
using Tollgate.Api.Problems;
using Tollgate.Api.Requests;
using Tollgate.Metering.Usage;
using Tollgate.Operations.Keys;
using Tollgate.Operations.Workspaces;

namespace Tollgate.Api.Compatibility.LiteLlm.Spend;

/// <summary>Reads the conditions of logs.</summary>
internal sealed class SpendFilters(Workspace workspace)
{
    private readonly KeyOperations _keys = new(workspace);

    /// <summary>Returns the conditions.</summary>
    /// <exception cref="ProblemException">A value is not valid.</exception>
    public async Task<IReadOnlyList<UsageFilter>> ReadAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        var filters = new List<UsageFilter>();
        if (request.Find(SpendRoutes.ApiKey) is { } key)
            filters.Add(UsageFilter.Equal(UsageDimension.Key, await FindIdAsync(key, cancellationToken)));
        if (request.Find(SpendRoutes.UserId) is { } user)
            filters.Add(UsageFilter.Equal(UsageDimension.User, user));
        if (request.Find(SpendRoutes.Model) is { } model)
            filters.Add(UsageFilter.Equal(UsageDimension.Model, model));
        if (request.Find(SpendRoutes.TeamId) is { } team)
            filters.Add(DimensionFilter.In(UsageDimension.Key, await ListIdsAsync(team, cancellationToken)));
        // An id that is not one of ours belongs to no call.
        if (request.Find(SpendRoutes.RequestId) is { } call)
            filters.Add(new CallFilter(Guid.TryParse(call, out var id) ? id : Guid.Empty));
        var (min, max) = (ReadAmount(request, SpendRoutes.MinSpend), ReadAmount(request, SpendRoutes.MaxSpend));
        if (min is not null || max is not null)
            filters.Add(new CostFilter(min, max));
        return filters;
    }

    private async Task<string> FindIdAsync(string key, CancellationToken cancellationToken) =>
        key.StartsWith(VirtualKeys.KeyPrefix, StringComparison.Ordinal)
            ? (await _keys.FindBySecretAsync(key, cancellationToken))?.Id ?? key
            : key;

    private async Task<IEnumerable<string>> ListIdsAsync(string team, CancellationToken cancellationToken) =>
        (await _keys.ListAsync(cancellationToken)).Where(key => key.Team == team).Select(static key => key.Id);

    private static Money? ReadAmount(ApiRequest request, TextParameter parameter)
    {
        if (request.Find(parameter) is not { } text)
            return null;
        return
            decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount)
            && amount <= 1_000_000
            ? Money.Round(amount)
            : throw ProblemException.Invalid(
                new ProblemError
                {
                    Parameter = parameter.Name,
                    Code = "invalid_value",
                    Message = $"{parameter.Name} must be an amount from 0 to 1000000, such as 0.5, not '{text}'.",
                }
            );
    }
}
