using System.Globalization;
using System.Text;

namespace Tollgate.Gateway.Telemetry;

/// <summary>
/// Writes metrics in the Prometheus text format, version 0.0.4. Names follow OpenTelemetry's rules: dots become
/// underscores, the unit and, for counters, <c>total</c> are appended.
/// </summary>
internal sealed class PrometheusText
{
    /// <summary>The media type of the format.</summary>
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    private readonly StringBuilder _text = new();

    public override string ToString() => _text.ToString();

    /// <summary>Begins a metric; its samples follow.</summary>
    public string Begin(string name, string suffix, string type, string help)
    {
        var full = name.Replace('.', '_') + suffix;
        _text.Append("# HELP ").Append(full).Append(' ').Append(help).Append('\n');
        _text.Append("# TYPE ").Append(full).Append(' ').Append(type).Append('\n');
        return full;
    }

    /// <summary>Writes one sample.</summary>
    public void Sample(string name, string labels, decimal value) =>
        Line(name, labels, value.ToString(CultureInfo.InvariantCulture));

    /// <summary>Writes the samples of one histogram.</summary>
    public void Samples(string name, string labels, Histogram histogram)
    {
        var separator = labels.Length > 0 ? "," : "";
        long total = 0;
        for (var bucket = 0; bucket < histogram.Bounds.Length; bucket++)
        {
            total += histogram.Count(bucket);
            Line(
                name + "_bucket",
                $"{labels}{separator}le=\"{Format(histogram.Bounds[bucket])}\"",
                total.ToString(CultureInfo.InvariantCulture)
            );
        }

        total += histogram.Count(histogram.Bounds.Length);
        Line(name + "_bucket", $"{labels}{separator}le=\"+Inf\"", total.ToString(CultureInfo.InvariantCulture));
        Line(name + "_sum", labels, Format(histogram.Sum));
        Line(name + "_count", labels, total.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>A label with its escaped value.</summary>
    public static string Label(string name, string value)
    {
        var escaped = value
            .Replace("\\", "\\\\", StringComparison.Ordinal)
            .Replace("\"", "\\\"", StringComparison.Ordinal)
            .Replace("\n", "\\n", StringComparison.Ordinal);
        return $"{name.Replace('.', '_')}=\"{escaped}\"";
    }

    private static string Format(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private void Line(string name, string labels, string value)
    {
        _text.Append(name);
        if (labels.Length > 0)
            _text.Append('{').Append(labels).Append('}');
        _text.Append(' ').Append(value).Append('\n');
    }
}
