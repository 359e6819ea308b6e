using System.Text.Json;
using System.Text.Json.Serialization;
using Tollgate.Client.Jobs;

namespace Tollgate.Client;

/// <summary>Reads the stages of jobs by their names.</summary>
internal sealed class JobStatusNames() : JsonStringEnumConverter<JobStatus>(JsonNamingPolicy.SnakeCaseLower);
