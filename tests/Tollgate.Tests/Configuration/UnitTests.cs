using Tollgate.Configuration.Declaration;
using Tollgate.Metering;

namespace Tollgate.Tests.Configuration;

public sealed class UnitTests
{
    [Theory]
    [InlineData("250ms", 250)]
    [InlineData("1ms", 1)]
    [InlineData("30s", 30_000)]
    [InlineData("1.5s", 1_500)]
    [InlineData("5m", 300_000)]
    [InlineData("1h30m", 5_400_000)]
    [InlineData("24h", 86_400_000)]
    [InlineData(" 2m ", 120_000)]
    public void A_duration_is_a_number_with_its_unit(string text, int milliseconds)
    {
        SettingTypes.Duration.TryRead(text, "", out var value).ShouldBeTrue();
        value.TotalMilliseconds.ShouldBe(milliseconds);
    }

    [Theory]
    [InlineData("30")]
    [InlineData("")]
    [InlineData("s")]
    [InlineData("0s")]
    [InlineData("-1s")]
    [InlineData("1 s")]
    [InlineData("1S")]
    [InlineData("1d")]
    [InlineData("1.2.3s")]
    [InlineData(".s")]
    [InlineData("25h")]
    [InlineData("24h1ms")]
    [InlineData("99999999999999999999s")]
    [InlineData("5mss")]
    [InlineData("1e3s")]
    [InlineData("NaNs")]
    public void An_invalid_duration_is_refused(string text) =>
        SettingTypes.Duration.TryRead(text, "", out _).ShouldBeFalse();

    [Theory]
    [InlineData("100B", 100)]
    [InlineData("64KB", 64_000)]
    [InlineData("64KiB", 65_536)]
    [InlineData("512MiB", 536_870_912)]
    [InlineData("1.5GiB", 1_610_612_736)]
    [InlineData("2 GB", 2_000_000_000)]
    public void A_size_is_a_number_with_its_unit(string text, long bytes)
    {
        SettingTypes.Size.TryRead(text, "", out var value).ShouldBeTrue();
        value.ShouldBe(bytes);
    }

    [Theory]
    [InlineData("512")]
    [InlineData("512M")]
    [InlineData("512mib")]
    [InlineData("0MiB")]
    [InlineData("0.1B")]
    [InlineData("-1MiB")]
    [InlineData("MiB")]
    [InlineData("")]
    [InlineData("9999999999999GiB")]
    public void An_invalid_size_is_refused(string text) => SettingTypes.Size.TryRead(text, "", out _).ShouldBeFalse();

    [Theory]
    [InlineData("250ms")]
    [InlineData("30s")]
    [InlineData("10m")]
    [InlineData("24h")]
    [InlineData("90s")]
    public void A_duration_is_written_as_it_is_read(string text)
    {
        SettingTypes.Duration.TryRead(text, "", out var value);
        SettingTypes.Duration.Write(value).ShouldBe(text);
    }

    [Theory]
    [InlineData("http://127.0.0.1:8000", true)]
    [InlineData("http://*:80", true)]
    [InlineData("http://[::]:8000", true)]
    [InlineData("https://0.0.0.0:8443", true)]
    [InlineData("http://unix:/run/tollgate.sock", true)]
    [InlineData("127.0.0.1:8000", false)]
    [InlineData("ftp://127.0.0.1", false)]
    [InlineData("8000", false)]
    [InlineData("http://127.0.0.1:99999", false)]
    public void An_address_to_listen_on_is_what_the_server_can_bind(string text, bool isOne) =>
        SettingTypes.ListenAddress.TryRead(text, "", out _).ShouldBe(isOne);

    [Theory]
    [InlineData("https://api.example.com/v1", true)]
    [InlineData("file:///etc/passwd", false)]
    [InlineData("api.example.com", false)]
    [InlineData("/v1", false)]
    public void A_providers_address_is_absolute_http(string text, bool isOne) =>
        SettingTypes.Address.TryRead(text, "", out _).ShouldBe(isOne);

    [Theory]
    [InlineData("retires", "retries")]
    [InlineData("Retries", "retries")]
    [InlineData("dtaa", "data")]
    [InlineData("xyz", null)]
    [InlineData("something_else_entirely", null)]
    public void The_nearest_name_is_found_where_one_is_near(string typed, string? near) =>
        NameSuggestion.FindNearest(typed, ["retries", "data", "urls"]).ShouldBe(near);
}
