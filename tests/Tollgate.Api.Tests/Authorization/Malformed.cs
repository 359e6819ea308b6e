namespace Tollgate.Api.Tests.Authorization;

/// <summary>Parameters and bodies that are wrong in many ways.</summary>
internal static class Malformed
{
    private static readonly string[] Names =
    [
        "limit",
        "after",
        "before",
        "from",
        "to",
        "range",
        "tz",
        "q",
        "measures",
        "group",
        "top",
        "bucket",
        "sort_by",
        "filter[model][in]",
        "filter[cost][gte]",
        "filter[]",
        "start_date",
        "end_date",
        "time_zone",
        "actor",
        "unknown",
    ];

    private static readonly string[] Values =
    [
        "",
        "-1",
        "99999999999999999999",
        "%00",
        "%FF%FE",
        "' OR 1=1--",
        "../../etc/passwd",
        "9999-99-99",
        "now-999999999999d",
        "\u202E",
    ];

    public static IEnumerable<string> Queries =>
        Names
            .SelectMany(static name => Values.Select(value => $"?{name}={value}"))
            .Append("?limit=1&limit=2")
            .Append("?" + new string('a', 4000))
            .Append("?=&==&&");

    public static IReadOnlyList<string> Bodies { get; } =
    [
        "",
        "null",
        "[]",
        "0",
        "\"text\"",
        "{",
        "{\"a\": 1",
        "{\"unknown_field\": true}",
        "{\"name\": {\"name\": {}}}",
        "{\"name\": \"a\", \"name\": \"b\"}",
        new string('[', 100),
        "{\"name\": \"" + new string('x', 300_000) + "\"}",
        "{\"name\": 1e999}",
        "{\"name\": \"\\ud800\"}",
    ];
}
