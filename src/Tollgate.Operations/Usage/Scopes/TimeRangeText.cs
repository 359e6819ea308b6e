namespace Tollgate.Operations.Usage.Scopes;

/// <summary>A range of time as a caller writes it. All parts are optional.</summary>
/// <param name="Range">
/// A named range: <c>15m</c>, <c>24h</c>, <c>7d</c>, <c>4w</c>, <c>today</c>, <c>yesterday</c>, <c>this_week</c>,
/// <c>last_week</c>, <c>this_month</c>, <c>last_month</c>, <c>this_year</c> or <c>last_year</c>.
/// </param>
/// <param name="From">
/// The start: a day, a time, or <c>now-36h</c>. A time without an offset is in the time zone.
/// </param>
/// <param name="To">The end, in the same forms; a day includes all of that day.</param>
/// <param name="Zone">The IANA name of the time zone, such as <c>Europe/Berlin</c>; UTC if absent.</param>
public sealed record TimeRangeText(string? Range = null, string? From = null, string? To = null, string? Zone = null);
