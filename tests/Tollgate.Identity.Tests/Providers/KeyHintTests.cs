using Tollgate.Identity.Providers;

namespace Tollgate.Identity.Tests.Providers;

public sealed class KeyHintTests
{
    [Theory]
    [InlineData("sk-proj-0123456789abcdefa1b2", "sk-…a1b2")]
    [InlineData("gsk_0123456789abcdefghijx9y8", "gsk_…x9y8")]
    [InlineData("AIzaSyA0123456789-abcdefgh7i", "…gh7i")]
    [InlineData("0123456789abcdef0123456789abcdef", "…cdef")]
    [InlineData("sk-short", "…")]
    [InlineData("", "…")]
    public void Shows_at_most_the_last_four_characters(string key, string hint) => KeyHint.Create(key).ShouldBe(hint);
}
