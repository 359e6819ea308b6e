using Tollgate.Metering.Usage;

namespace Tollgate.Api.Tests.OneNumber.Reports;

/// <summary>The spend of a key, a user, and a team, and the cost of a call, of all time.</summary>
internal static class MemberReports
{
    /// <summary>Returns the differences from the cost of records.</summary>
    /// <param name="reader">The sender.</param>
    /// <param name="path">The route.</param>
    /// <param name="members">The members on the way to the amount, outermost first.</param>
    /// <param name="records">The records.</param>
    public static async Task<IEnumerable<string>> CheckAsync(
        Reader reader,
        string path,
        string[] members,
        IEnumerable<UsageRecord> records
    )
    {
        var owner = await reader.GetAsync(path);
        foreach (var member in members[..^1])
            owner = owner.GetProperty(member);
        return new Figures()
            .Add(Figures.Cost, owner.GetNumber(members[^1]))
            .Compare(Reference.Sum(records))
            .Select(difference => $"{path}: {difference}");
    }
}
