namespace Tollgate.Configuration.Reference;

/// <summary>The text of the reference page around its tables.</summary>
internal static class ReferenceText
{
    public const string Introduction = """
        <!-- Generated from the declaration of the settings: `tollgate config docs > docs/configuration.md`.
             Do not edit. -->
        # Configuration

        Tollgate runs without a configuration: it listens on this machine only, and takes the provider keys from the
        environment. A file is needed only beyond that. `tollgate config check` validates it and lists the resulting
        routes; it reports every error at once, each with its line and its path.

        ## Where settings come from

        In this order of precedence:

        1. flags: `--urls`, `--data`;
        2. the environment: the variable in the tables below;
        3. `.env` in the working folder, then `.env` beside the configuration file; neither overrides the environment;
        4. the file: `--config FILE`, or `$TOLLGATE_CONFIG`, or `tollgate.yaml` in the working folder, or in the data
           folder.

        In any value of the file, `${NAME}`, `${NAME:-default}` and `os.environ/NAME` refer to a variable, and `$$` is a
        dollar sign. An empty variable counts as not set. A provider or deployment that refers to a variable that is not
        set is *not configured*: it is skipped with a warning. Relative paths in the file start from the file's folder.

        Durations are written `250ms`, `30s`, `5m`, `1h30m`; sizes `512MiB`, `1.5GiB`, `64KB`. A key that is not in the
        tables is an error that suggests the nearest one. The schema for editors is `tollgate.schema.json` next to this
        page: put `# yaml-language-server: $schema=…` at the top of the file.

        ## An example

        ```yaml
        listen:
          urls: [http://127.0.0.1:8000]
        data: ./data
        routing:
          retries: 3
        providers:
          local:
            base_url: http://gpu.internal:8000/v1
          azure-eu:
            kind: azure
            base_url: https://example.openai.azure.com
            api_key: ${AZURE_EU_KEY}
        models:
          - name: gpt-4o
            deployments:
              - provider: azure-eu
                model: our-gpt-4o
                priced_as: gpt-4o
                weight: 3
              - openai/gpt-4o
            fallbacks: [small]
          - name: small
            deployments: [local/llama-3.1-8b]
        ```

        ## Settings of tollgate.yaml

        """;

    public const string Providers = """

        ## Known providers

        Without a list of models, each dialect passes any model on to its own provider, and `PROVIDER/MODEL` goes to
        that provider if its key is set. `{ID}_BASE_URL` (such as `OPENAI_BASE_URL`) sets another address. A provider's
        variables supply what the file omits: a `base_url` or `api_key` in the file takes precedence. `OPENAI_ORG_ID` is
        sent to OpenAI as the organization; `AZURE_API_VERSION` is for Azure. A key from the environment is never sent
        to a `base_url` in the file that is not the provider's own: set `api_key` for it.


        """;

    public const string Limits = """

        ## Limits of the environment

        `MAX_REQUESTS_PER_MINUTE` and `MAX_TOKENS_PER_MINUTE` are hard token buckets; `MAX_COST_PER_REQUEST` and
        `DAILY_SPENDING_LIMIT` (US dollars) let calls pass and warn, unless `COST_LIMITS=hard`. An unset variable sets
        no limit. With `ENABLE_COST_TRACKING=false` the two cost limits are not enforced; calls are still priced. See
        [limits](limits.md).

        """;

    public const string LiteLlmFormats = """

        ## LiteLLM's config.yaml, and proxy.yaml

        Files in LiteLLM's format, and `proxy.yaml` with `rate_limits` and `budget` in addition to the same list of
        models, load unchanged; their keys distinguish them from `tollgate.yaml`. A key that is not in the table is
        listed as a warning. A key that controls access or caps spending (`master_key`, `custom_auth`, `budget_limit`,
        limits of keys) is an error, because ignoring it would open the gateway: create keys with `tollgate keys create`
        instead, which accepts LiteLLM's key limits. `rate_limits`, `budget`, `max_budget` and
        `global_max_parallel_requests` are hard limits; see [limits](limits.md).

        A model's provider is determined by its prefix (`groq/…`, `together_ai/…`, `hosted_vllm/…`), then by `api_base`
        if that is a known provider's address, then by the variable of its key (`${GROQ_API_KEY}`), then by the exact
        name in the price book. A prefix that is not a provider's is part of the model's name:
        `meta-llama/llama-4-scout-17b-16e-instruct`.


        """;
}
