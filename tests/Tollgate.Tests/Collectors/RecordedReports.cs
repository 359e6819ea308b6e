namespace Tollgate.Tests.Collectors;

/// <summary>Answers as the providers' references show them, of the first days of October 2026.</summary>
internal static class RecordedReports
{
    /// <summary>Two days, the second one without usage, and a third on the next page.</summary>
    public const string OpenAICompletions1 = """
        {"object":"page","data":[{"object":"bucket","start_time":1790812800,"end_time":1790899200,"results":[
        {"object":"organization.usage.completions.result","input_tokens":5000,"input_cached_tokens":4000,
        "input_audio_tokens":300,"output_tokens":1000,"output_audio_tokens":200,
        "num_model_requests":5,"project_id":"proj_abc","user_id":null,"api_key_id":"key_abc",
        "model":"gpt-4o-mini-2024-07-18","batch":null,"service_tier":null}]},
        {"object":"bucket","start_time":1790899200,"end_time":1790985600,"results":[]}],"has_more":true,
        "next_page":"page_AAAAAGdGxdEiJdKOAAAAAGcqsYA="}
        """;

    public const string OpenAICompletions2 = """
        {"object":"page","data":[{"object":"bucket","start_time":1790985600,"end_time":1791072000,"results":[
        {"object":"organization.usage.completions.result","input_tokens":10,"output_tokens":20,"num_model_requests":1,
        "project_id":"proj_abc","api_key_id":"key_abc","model":"gpt-5"}]}],
        "has_more":false,"next_page":null}
        """;

    /// <summary>With <c>result</c>, as the reference has it.</summary>
    public const string OpenAICosts = """
        {"object":"page","data":[{"object":"bucket","start_time":1790812800,"end_time":1790899200,"result":[
        {"object":"organization.costs.result","amount":{"value":0.06,"currency":"usd"},
        "line_item":"gpt-4o-mini-2024-07-18, cached input","project_id":"proj_abc"},
        {"object":"organization.costs.result","amount":{"value":1.25e-05,"currency":"usd"},
        "line_item":"web search tool calls","project_id":null}]}],"has_more":false,"next_page":null}
        """;

    public const string AnthropicMessages = """
        {"data":[{"starting_at":"2026-10-01T00:00:00Z","ending_at":"2026-10-02T00:00:00Z","results":[
        {"uncached_input_tokens":1500,"cache_creation":{"ephemeral_1h_input_tokens":1000,
        "ephemeral_5m_input_tokens":500},"cache_read_input_tokens":200,"output_tokens":500,
        "server_tool_use":{"web_search_requests":10},"api_key_id":"apikey_01Rj2N8SVvo6BePZj99NhmiT",
        "workspace_id":"wrkspc_01JwQvzr7rXLA5AGx3HKfFUJ","model":"claude-opus-4-5",
        "service_tier":"standard","context_window":"0-200k"}]}],"has_more":false,"next_page":null}
        """;

    public const string AnthropicCosts = """
        {"data":[{"starting_at":"2026-10-01T00:00:00Z","ending_at":"2026-10-02T00:00:00Z","results":[
        {"currency":"USD","amount":"123.78912","workspace_id":null,"description":"Claude Opus 4.5 Usage - Input Tokens",
        "cost_type":"tokens","context_window":"0-200k",
        "model":"claude-opus-4-5","service_tier":"standard","token_type":"uncached_input_tokens"},
        {"currency":"USD","amount":"10","workspace_id":null,"description":"Web Search Usage","cost_type":"web_search",
        "context_window":null,"model":null,"service_tier":null,"token_type":null}]}],
        "has_more":false,"next_page":null}
        """;

    public const string GoogleTokens1 = """
        {"timeSeries":[{"metric":{"labels":{"type":"input"},
        "type":"aiplatform.googleapis.com/publisher/online_serving/token_count"},
        "resource":{"type":"aiplatform.googleapis.com/PublisherModel","labels":{"model_user_id":"gemini-2.5-flash",
        "project_id":"acme","publisher":"google","location":"us-central1"}},
        "metricKind":"DELTA","valueType":"INT64","points":[{"interval":{"startTime":"2026-10-01T00:00:00Z",
        "endTime":"2026-10-02T00:00:00Z"},"value":{"int64Value":"1200"}}]}],
        "nextPageToken":"CAEQ","unit":"1"}
        """;

    public const string GoogleTokens2 = """
        {"timeSeries":[{"metric":{"labels":{"type":"output"},
        "type":"aiplatform.googleapis.com/publisher/online_serving/token_count"},
        "resource":{"type":"aiplatform.googleapis.com/PublisherModel","labels":{"model_user_id":"gemini-2.5-flash",
        "project_id":"acme"}},
        "points":[{"interval":{"startTime":"2026-10-01T00:00:00Z","endTime":"2026-10-02T00:00:00Z"},
        "value":{"int64Value":"34"}}]}]}
        """;

    public const string BillingExportReader =
        "billing_account_id,service.description,sku.description,usage_start_time,project.id,cost,currency,"
        + """
            currency_conversion_rate,usage.amount,usage.unit
            01,Vertex AI,Gemini 2.5 Flash Text Input - Predictions,2026-10-01 07:00:00 UTC,acme,0.30,USD,1,1000000,count
            01,Vertex AI,"Gemini 2.5 Flash Lite Text Output - Predictions",
            """
        + """
            2026-10-01 07:00:00 UTC,acme,0.92,EUR,0.92,2500,count
            01,Vertex AI,Gemini 2.5 Pro Caching Storage,2026-10-02 00:00:00 UTC,acme,0.10,USD,1,3600,byte-seconds
            01,Cloud Storage,Standard Storage,2026-10-01 00:00:00 UTC,acme,99,USD,1,1,count
            """;
}
