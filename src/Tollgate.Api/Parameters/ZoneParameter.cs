using Tollgate.Api.Problems;
using Tollgate.Operations.Text;

namespace Tollgate.Api.Parameters;

/// <summary>A time zone by its IANA name; UTC if it is absent.</summary>
internal sealed class ZoneParameter(string name, string description) : ApiParameter<TimeZoneInfo>(name, description)
{
    /// <inheritdoc/>
    public override ParameterSchema Schema => new("string") { Default = "UTC" };

    /// <inheritdoc/>
    public override object? Read(QueryParameters query, List<ProblemError> errors)
    {
        if (query.GetSingle(Name, errors) is not { } text)
            return TimeZoneInfo.Utc;
        if (TimeZoneName.TryFind(text, out var zone))
            return zone;
        errors.Add(CreateError(text, "the IANA name of a time zone, such as Europe/Berlin"));
        return TimeZoneInfo.Utc;
    }
}
