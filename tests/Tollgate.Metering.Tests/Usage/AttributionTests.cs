using Tollgate.Metering.Usage;

namespace Tollgate.Metering.Tests.Usage;

/// <summary>The names of a call.</summary>
public class AttributionTests
{
    [Fact]
    public void Treats_an_empty_name_as_absent()
    {
        var attribution = new Attribution
        {
            KeyId = "",
            User = "",
            Project = "",
            Session = "",
            Application = "",
            EndUser = "",
            Tags = "",
        };

        attribution.ShouldBe(Attribution.None);
        (attribution with { User = " " }).User.ShouldBe(" ");
    }
}
