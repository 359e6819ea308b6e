namespace Tollgate.Tests.Architecture;

/// <summary>More than five parameters mean that a type is missing.</summary>
public class ParameterListTests
{
    private const int MaxParameters = 5;

    [Fact]
    public void No_method_and_no_constructor_has_more_than_five_parameters()
    {
        var found = SourceTypes
            .ReadParameterLists("src")
            .Where(method => method.Parameters > MaxParameters)
            .Select(method => $"{method.Name}: {method.Parameters} parameters")
            .ToList();

        found.ShouldBeEmpty();
    }
}
