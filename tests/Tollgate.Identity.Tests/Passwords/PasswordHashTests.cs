using FsCheck;
using FsCheck.Fluent;
using Tollgate.Identity.Passwords;

namespace Tollgate.Identity.Tests.Passwords;

public sealed class PasswordHashTests
{
    private static readonly string Stored = PasswordHash.Create("correct", 1000).Export();

    [Fact]
    public void Has_function_rounds_salt_and_hash_in_its_stored_form()
    {
        var parts = Stored.Split('$');

        parts[0].ShouldBe("pbkdf2-sha512");
        parts[1].ShouldBe("1000");
        Convert.FromBase64String(parts[2]).Length.ShouldBe(16);
        Convert.FromBase64String(parts[3]).Length.ShouldBe(32);
        parts.Length.ShouldBe(4);
    }

    [Fact]
    public void Verifies_a_hash_that_another_implementation_made() =>
        // python3: hashlib.pbkdf2_hmac("sha512", "pässword".encode(), bytes(range(16)), 1000, 32)
        PasswordHash
            .Parse("pbkdf2-sha512$1000$AAECAwQFBgcICQoLDA0ODw==$y/eRj2FwHgs6A0d8wKheOWOR5PjlKZUVEID5K8lrpY0=")!
            .Verify("pa\u0308ssword")
            .ShouldBeTrue();

    [Fact]
    public void Has_a_new_salt_each_time() => PasswordHash.Create("correct", 1000).Export().ShouldNotBe(Stored);

    [Fact]
    public void Verifies_only_the_password_that_was_hashed()
    {
        var hash = PasswordHash.Parse(Stored)!;

        hash.Verify("correct").ShouldBeTrue();
        hash.Verify("Correct").ShouldBeFalse();
        hash.Verify("correct ").ShouldBeFalse();
        hash.Verify("").ShouldBeFalse();
    }

    [Fact]
    public void Does_not_parse_a_hash_that_is_cut_anywhere()
    {
        for (var length = 0; length < Stored.Length; length++)
            PasswordHash.Parse(Stored[..length]).ShouldBeNull();
        PasswordHash.Parse(Stored + "A").ShouldBeNull();
        PasswordHash.Parse(Stored + "$").ShouldBeNull();
    }

    [Theory]
    [InlineData("pbkdf2-sha256")]
    [InlineData("$1000")]
    public void Does_not_parse_another_function(string function) =>
        PasswordHash.Parse(Stored.Replace("pbkdf2-sha512", function, StringComparison.Ordinal)).ShouldBeNull();

    [Theory]
    [InlineData("0")]
    [InlineData("-1000")]
    [InlineData("+1000")]
    [InlineData(" 1000")]
    [InlineData("1e3")]
    [InlineData("10000001")] // It would occupy a core for a long time.
    [InlineData("99999999999999999999")]
    public void Does_not_parse_rounds_that_are_not_ours(string rounds) =>
        PasswordHash.Parse(Stored.Replace("$1000$", $"${rounds}$", StringComparison.Ordinal)).ShouldBeNull();

    [Fact]
    public void Parses_any_text_without_an_exception() =>
        Prop.ForAll<NonNull<string>>(text =>
            {
                PasswordHash.Parse(text.Get);
                PasswordHash.Parse($"pbkdf2-sha512$1${text.Get}$AA==");
            })
            .Check(Config.QuickThrowOnFailure);
}
