using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Tollgate.Analytics.Forecasting;

namespace Tollgate.Cli.Forecasts;

/// <summary>Prints forecasts for programs.</summary>
internal static class ForecastJson
{
    private static readonly JsonWriterOptions Indented = new()
    {
        Indented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static void Write(TextWriter output, ForecastResult answer)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, Indented))
            WriteResult(json, answer);
        output.WriteLine(Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length));
    }

    private static void WriteResult(Utf8JsonWriter json, ForecastResult answer)
    {
        json.WriteStartObject();
        json.WriteString("forecast_of", answer.Quantity);
        json.WriteString("by", answer.By);
        json.WriteNumber("level", answer.Level);
        WriteAll(json, "groups", answer.Groups, WriteGroup);
        WriteAll(json, "budgets", answer.Budgets, WriteBudget);
        json.WriteEndObject();
    }

    private static void WriteGroup(Utf8JsonWriter json, ForecastGroup group)
    {
        var report = group.Report;
        json.WriteString("name", group.Name);
        json.WriteNumber("days_so_far", report.Series.Length);
        json.WriteString("first_day", ForecastFormatter.Day(report.Series.Start));
        json.WriteString("method", report.Method);
        json.WriteString("problem", report.NotForecastReason);
        if (report.Accuracy is { } accuracy)
            WriteAccuracy(json, accuracy);
        WriteAll(json, "days", report.Days, WriteDay);
    }

    private static void WriteDay(Utf8JsonWriter json, ForecastDay day)
    {
        json.WriteString("day", ForecastFormatter.Day(day.Day));
        json.WriteNumber("amount", day.Amount);
        json.WriteNumber("low", day.Low);
        json.WriteNumber("high", day.High);
        json.WriteNumber("running", day.Running);
        json.WriteNumber("running_low", day.RunningLow);
        json.WriteNumber("running_high", day.RunningHigh);
    }

    private static void WriteAccuracy(Utf8JsonWriter json, ForecastAccuracy accuracy)
    {
        json.WriteStartObject("accuracy");
        json.WriteNumber("held_out_days", accuracy.Origins);
        json.WriteNumber("most_days_ahead", accuracy.Horizon);
        json.WriteNumber("mean_amount", accuracy.MeanActual);
        json.WriteString("tried", accuracy.Tried);
        json.WriteNumber("tried_error", accuracy.TriedError);
        json.WriteNumber("seasonal_naive_error", accuracy.SeasonalNaiveError);
        json.WriteNumber("last_value_error", accuracy.LastValueError);
        json.WriteBoolean("is_better_than_naive", accuracy.IsBetter);
        json.WriteString("verdict", accuracy.Verdict);
        json.WriteEndObject();
    }

    private static void WriteBudget(Utf8JsonWriter json, BudgetForecastRow budget)
    {
        json.WriteString("limit", budget.Limit);
        json.WriteString("of", budget.Target);
        json.WriteNumber("amount", budget.Amount);
        json.WriteNumber("used", budget.Used);
        WriteDay(json, "window_ends", budget.WindowEnds);
        WriteDay(json, "runs_out", budget.Outlook?.Expected);
        WriteDay(json, "earliest", budget.Outlook?.Earliest);
        WriteDay(json, "latest", budget.Outlook?.Latest);
        WriteShare(json, "probability_a_day", budget.Peaks?.Probability);
        WriteShare(json, "probability_low", budget.Peaks?.Range.Low);
        WriteShare(json, "probability_high", budget.Peaks?.Range.High);
        json.WriteString("explanation", budget.Explanation);
    }

    private static void WriteShare(Utf8JsonWriter json, string name, double? share)
    {
        if (share is { } known)
            json.WriteNumber(name, Math.Round((decimal)known, 4));
        else
            json.WriteNull(name);
    }

    private static void WriteAll<T>(
        Utf8JsonWriter json,
        string name,
        IEnumerable<T> items,
        Action<Utf8JsonWriter, T> write
    )
    {
        json.WriteStartArray(name);
        foreach (var item in items)
        {
            json.WriteStartObject();
            write(json, item);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteDay(Utf8JsonWriter json, string name, DateOnly? day) =>
        json.WriteString(name, day is { } known ? ForecastFormatter.Day(known) : null);
}
