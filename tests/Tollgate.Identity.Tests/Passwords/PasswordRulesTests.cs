using Tollgate.Identity.Passwords;

namespace Tollgate.Identity.Tests.Passwords;

public sealed class PasswordRulesTests
{
    [Theory]
    [InlineData("seven unrelated llamas")]
    [InlineData("fünfzehn Zeiche")]
    [InlineData("пятнадцать букв")]
    [InlineData("🙂🙃😀😁😂😃😄😅😆😇😈😉😊😋😌")]
    [InlineData("alice likes seven llamas")] // The name may occur if enough else does.
    public void Accepts_a_long_password_of_any_characters(string password) =>
        PasswordRules.FindProblem(password, "alice").ShouldBeNull();

    [Fact]
    public void Counts_characters_and_not_bytes_or_accents()
    {
        PasswordRules.FindProblem("cafe\u0301 zoe\u0308 ama\u0301", "alice")!.ShouldContain("12 characters");
        PasswordRules.FindProblem(CreatePassword(14), "alice")!.ShouldContain("14 characters; allowed are 15 to 256");
        PasswordRules.FindProblem(CreatePassword(15), "alice").ShouldBeNull();
        PasswordRules.FindProblem(CreatePassword(256), "alice").ShouldBeNull();
        PasswordRules.FindProblem(CreatePassword(257), "alice")!.ShouldContain("257 characters");
        PasswordRules.FindProblem("", "alice")!.ShouldContain("0 characters");
    }

    [Fact]
    public void Allows_1024_bytes_of_UTF8()
    {
        var emoji = string.Concat(Enumerable.Range(0, 256).Select(i => char.ConvertFromUtf32(0x1F300 + (i * 7 % 300))));

        PasswordRules.FindProblem(emoji, "alice").ShouldBeNull();
    }

    [Theory]
    [InlineData("correcthorsebatterystaple")]
    [InlineData("CorrectHorseBatteryStaple")]
    [InlineData("passwordpassword")]
    [InlineData("1q2w3e4r5t6y7u8i9o0p")]
    [InlineData("qwertyuiopasdfghjkl")]
    [InlineData("administratorpassword")]
    public void Refuses_the_commonest_passwords(string password) =>
        PasswordRules.FindProblem(password, "alice")!.ShouldContain("commonest");

    [Theory]
    [InlineData("qqqqqqqqqqqqqqq")]
    [InlineData("xyzxyzxyzxyzxyzx")]
    [InlineData("Llama7Llama7Llama7")]
    [InlineData("bcdefghijklmnopq")]
    [InlineData("8765432109876543")]
    [InlineData("34567890123456789")]
    [InlineData("ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯ")]
    public void Refuses_a_repetition_and_a_sequence(string password) =>
        PasswordRules.FindProblem(password, "alice")!.ShouldContain("repeats one part, or is a sequence");

    [Theory]
    [InlineData("margaret.hamilton", "margaret.hamilton")]
    [InlineData("Margaret.Hamilton1", "margaret.hamilton")]
    [InlineData("tollgate tollgate!", "alice")]
    [InlineData("TollgateAlice2026", "alice")]
    public void Refuses_the_name_of_the_account_and_of_the_product(string password, string username) =>
        PasswordRules.FindProblem(password, username)!.ShouldContain("hardly more than the name");

    [Fact]
    public void Has_a_list_of_common_passwords_that_the_length_does_not_exclude()
    {
        using var stream = typeof(PasswordRules).Assembly.GetManifestResourceStream("common-passwords.txt")!;
        var listed = new StreamReader(stream).ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);

        listed.Length.ShouldBeGreaterThan(500);
        listed.ShouldAllBe(password => password.Length >= 15 && password == password.ToLowerInvariant());
        listed.ShouldAllBe(password => PasswordRules.FindProblem(password, "alice") != null);
    }

    private static string CreatePassword(int length)
    {
        var random = new Random(7);
        return string.Concat(Enumerable.Range(0, length).Select(_ => (char)random.Next('a', 'z' + 1)));
    }
}
