using System.Globalization;
using System.Numerics;
using Tollgate.Metering.Pricing;

namespace Tollgate.Metering.Tests.Pricing;

public class ExactDecimalTests
{
    [Theory]
    [InlineData("7.5e-08", "0.000000075")]
    [InlineData("7.5E-8", "0.000000075")]
    [InlineData("4.0054321e-08", "0.000000040054321")]
    [InlineData("0.0002833333333333333", "0.0002833333333333333")]
    [InlineData("1e+3", "1000")]
    [InlineData("-0.10", "-0.1")]
    [InlineData("0", "0")]
    [InlineData("0.0e-999", "0")]
    [InlineData("1e-28", "0.0000000000000000000000000001")]
    public void Reads_plain_and_exponent_forms_exactly(string text, string expected)
    {
        ExactDecimal.TryParse(text, out var value).ShouldBeTrue();
        value.ShouldBe(decimal.Parse(expected, CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData(".5")]
    [InlineData("1e")]
    [InlineData("1e99999999999")]
    [InlineData("1e29")]
    [InlineData("1e-29")]
    [InlineData("1,5")]
    [InlineData("$1")]
    [InlineData("0.12345678901234567890123456789")]
    [InlineData("NaN")]
    public void Refuses_what_it_cannot_hold_exactly(string text) => ExactDecimal.TryParse(text, out _).ShouldBeFalse();

    [Fact]
    public void Agrees_with_integer_arithmetic_on_random_numbers()
    {
        var random = new Random(7);
        for (var i = 0; i < 10_000; i++)
        {
            var digits = random.NextInt64(0, 1_000_000_000_000);
            var exponent = random.Next(-16, 4);
            ExactDecimal
                .TryParse(string.Create(CultureInfo.InvariantCulture, $"{digits}e{exponent}"), out var value)
                .ShouldBeTrue();
            (new BigInteger(value * 1e12m) * 10_000).ShouldBe(
                new BigInteger(digits) * BigInteger.Pow(10, exponent + 16) / 10_000 * 10_000
            );
        }
    }
}
