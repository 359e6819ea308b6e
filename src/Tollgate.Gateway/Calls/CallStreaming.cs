using Tollgate.Gateway.Dialects;
using Tollgate.Gateway.Routing;

namespace Tollgate.Gateway.Calls;

/// <summary>Decides how a call's stream is requested and relayed.</summary>
internal static class CallStreaming
{
    extension(GatewayCall call)
    {
        /// <summary>True if a streamed response is requested.</summary>
        public bool IsStreaming =>
            call.Operation.AlwaysStreams || (call.Fields.Stream && call.Operation.StreamFormat != StreamFormat.None);

        /// <summary>True if the caller wants the cost in the stream's usage.</summary>
        public bool WantsCost =>
            call.IsStreaming
            && call.Http.Request.Headers.TryGetValue("x-tollgate-include-cost", out var wish)
            && bool.TryParse(wish, out var wants)
            && wants;

        /// <summary>True if the gateway must request the usage chunk because the caller did not.</summary>
        public bool MustRequestUsage(Deployment deployment) =>
            call.Operation.RequiresUsageOption
            && call.Fields.Stream
            && !call.Fields.IncludeUsage
            && deployment.AcceptsStreamOptions;

        /// <summary>
        /// True if the usage chunk is withheld from the caller, who requested neither the chunk nor the cost that it
        /// contains.
        /// </summary>
        public bool WithholdsUsage(Deployment deployment) => call.MustRequestUsage(deployment) && !call.WantsCost;
    }
}
