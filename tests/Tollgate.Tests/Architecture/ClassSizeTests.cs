namespace Tollgate.Tests.Architecture;

/// <summary>A class with behavior has one duty, which a dozen members state.</summary>
public class ClassSizeTests
{
    private const int MaxMembers = 15;

    /// <summary>Classes with more today. The number may only fall.</summary>
    private const int Remaining = 3;

    [Fact]
    public void No_class_with_behavior_has_more_than_15_public_members()
    {
        var large = SourceTypes
            .ReadClasses("src")
            .Where(type => type.Members > MaxMembers && !IsSuite(type.Name))
            .Select(type => $"{type.Name}: {type.Members} members")
            .ToList();

        large.Count.ShouldBeLessThanOrEqualTo(Remaining, string.Join("\n", large));
    }

    /// <summary>Each public member of a compliance suite is a test.</summary>
    private static bool IsSuite(string name) =>
        name.StartsWith("Tollgate.Accounting.Testing/", StringComparison.Ordinal);
}
