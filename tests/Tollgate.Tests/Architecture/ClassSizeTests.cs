namespace Tollgate.Tests.Architecture;

/// <summary>A class with behavior has one duty, which a dozen members state.</summary>
public class ClassSizeTests
{
    private const int MaxMembers = 15;

    [Fact]
    public void No_class_with_behavior_has_more_than_15_public_members()
    {
        var large = SourceTypes
            .ReadClasses("src")
            // SettingTypes is a table of values, one for each type of setting.
            .Where(type =>
                type.Members > MaxMembers
                && !IsSuite(type.Name)
                && !type.Name.Contains("SettingTypes", StringComparison.Ordinal)
            )
            .Select(type => $"{type.Name}: {type.Members} members")
            .ToList();

        large.ShouldBeEmpty();
    }

    /// <summary>Each public member of a compliance suite is a test.</summary>
    private static bool IsSuite(string name) =>
        name.StartsWith("Tollgate.Accounting.Testing/", StringComparison.Ordinal);
}
