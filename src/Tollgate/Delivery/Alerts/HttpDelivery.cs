using Tollgate.Delivery.Alerts.Channels;

namespace Tollgate.Delivery.Alerts;

/// <summary>Sends a request of which only success or failure matters.</summary>
internal static class HttpDelivery
{
    /// <exception cref="AlertDeliveryException">It was not accepted.</exception>
    public static async Task SendAsync(
        HttpClient client,
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        // The path and query of an address may be secret; its host is not.
        var host = request.RequestUri!.GetComponents(UriComponents.HostAndPort, UriFormat.Unescaped);
        try
        {
            using var response = await client.SendAsync(
                request,
                HttpCompletionOption.ResponseHeadersRead,
                cancellationToken
            );
            if (!response.IsSuccessStatusCode)
                throw new AlertDeliveryException($"{host} responded with {(int)response.StatusCode}.");
        }
        catch (HttpRequestException exception)
        {
            throw new AlertDeliveryException(
                $"{host} could not be reached: {(exception.InnerException ?? exception).Message}",
                exception
            );
        }
    }
}
