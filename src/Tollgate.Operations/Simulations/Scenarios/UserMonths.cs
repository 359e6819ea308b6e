using System.Globalization;
using System.Runtime.InteropServices;
using Tollgate.Analytics.Workloads;

namespace Tollgate.Operations.Simulations.Scenarios;

/// <summary>
/// Collected usage by user and calendar month (UTC). Every user has every month from the first to the last, with zeros
/// for months without usage, so that the mean month of all users matches the collected usage.
/// </summary>
internal sealed class UserMonths
{
    private readonly Dictionary<(string User, int Month), CollectedTokens> _sums = [];

    public int Users => _sums.Keys.Select(static key => key.User).Distinct(StringComparer.Ordinal).Count();

    public int Months =>
        _sums.Count == 0 ? 0 : _sums.Keys.Max(static key => key.Month) - _sums.Keys.Min(static key => key.Month) + 1;

    public bool IsEmpty => _sums.Count == 0;

    /// <summary>A description for readers.</summary>
    public string Describe =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"Drawn from {Users * Months} user-months: {Users} users over {Months} calendar months (UTC), including "
                + $"months without usage."
        );

    /// <summary>Adds usage to a user's month.</summary>
    /// <param name="user">The user; empty if there is none.</param>
    /// <param name="at">The time of the usage.</param>
    /// <param name="usage">The usage.</param>
    public void Add(string user, DateTimeOffset at, in CollectedTokens usage)
    {
        var month = (at.UtcDateTime.Year * 12) + at.UtcDateTime.Month - 1;
        ref var sum = ref CollectionsMarshal.GetValueRefOrAddDefault(_sums, (user, month), out _);
        sum += usage;
    }

    /// <summary>Returns the workload with these months instead of its distributions.</summary>
    public Workload ApplyTo(Workload workload)
    {
        var (first, months) = (_sums.Keys.Min(static key => key.Month), Months);
        var all = _sums
            .Keys.Select(static key => key.User)
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal)
            .SelectMany(user => Enumerable.Range(first, months).Select(month => _sums.GetValueOrDefault((user, month))))
            .ToArray();
        return workload with
        {
            Users = Users,
            Observed = new ObservedUsage
            {
                InputTokens = [.. all.Select(static month => month.Input)],
                CachedInputTokens = [.. all.Select(static month => month.Cached)],
                OutputTokens = [.. all.Select(static month => month.Output)],
                Requests = [.. all.Select(static month => month.Requests)],
                SuccessShares =
                [
                    .. all.Select(static month => month.Requests > 0 ? month.Succeeded / month.Requests : 1),
                ],
            },
        };
    }
}
