namespace Tollgate.Configuration.Reference;

/// <summary>What the reference page says around its tables.</summary>
internal static class ReferenceText
{
    public const string Introduction = """
        <!-- Generated from the declaration of the settings: `tollgate config docs > docs/configuration.md`. Do not edit. -->
        # Configuration

        Tollgate runs without a configuration: it listens on this machine only, and takes the keys of the providers from the
        environment. A file is for what goes beyond that. `tollgate config check` says what is wrong with it and which routes
        come out of it, with every error at once, each with its line and its path.

        ## Where settings come from

        In this order, the first one deciding:

        1. flags: `--urls`, `--data`;
        2. the environment: the variable in the tables below;
        3. `.env` in the working folder, then `.env` beside the configuration file; neither overrides the environment;
        4. the file: `--config FILE`, else `$TOLLGATE_CONFIG`, else `tollgate.yaml` in the working folder, else in the data folder.

        In any value of the file, `${NAME}`, `${NAME:-default}` and `os.environ/NAME` stand for a variable, and `$$` for a
        dollar. A variable that is empty counts as not set. A provider or deployment that names a variable that is not set is
        *not configured*: it is left out with a warning. A relative path in the file starts from the file's folder.

        Durations are written `250ms`, `30s`, `5m`, `1h30m`; sizes `512MiB`, `1.5GiB`, `64KB`. A key that is not in the tables is
        an error that names the nearest one. The schema for editors is `tollgate.schema.json` beside this page: put
        `# yaml-language-server: $schema=…` at the top of the file.

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

        With no list of models, each dialect passes any model on to its own provider, and `PROVIDER/MODEL` goes to that one, as
        far as its key is set. `{ID}_BASE_URL` (such as `OPENAI_BASE_URL`) leads to another address. A variable of a provider
        fills in what the file leaves out: a `base_url` or `api_key` in the file goes before it. `OPENAI_ORG_ID` is sent to
        OpenAI as its organisation; `AZURE_API_VERSION` is Azure's. A key of the environment is not sent to a `base_url` of the
        file that is not the provider's own: give that one its `api_key`.


        """;

    public const string Limits = """

        ## Limits of the environment

        `MAX_REQUESTS_PER_MINUTE` and `MAX_TOKENS_PER_MINUTE` are token buckets that refuse; `MAX_COST_PER_REQUEST` and
        `DAILY_SPENDING_LIMIT` (US dollars) let pass and warn, unless `COST_LIMITS=hard`. What is unset is no limit. With
        `ENABLE_COST_TRACKING=false` the two on cost do not hold; calls are priced all the same. See [limits](limits.md).

        """;

    public const string ForeignFormats = """

        ## LiteLLM's config.yaml, and proxy.yaml

        Files in LiteLLM's format, and `proxy.yaml` with `rate_limits` and `budget` beside the same list of models, load as they
        are; they are told from `tollgate.yaml` by their keys. A key that is not in the table is listed as a warning. One that
        decides who may come in, or that caps what they spend (`master_key`, `custom_auth`, `budget_limit`, limits of keys), is an
        error, because to drop it would open the gate: make keys with `tollgate keys create` instead, which takes LiteLLM's limits of
        keys. `rate_limits` and `budget` refuse what is beyond them, and so do `max_budget` and `global_max_parallel_requests`;
        see [limits](limits.md).

        A model's provider is found by its prefix (`groq/…`, `together_ai/…`, `hosted_vllm/…`), else by `api_base` where that
        is a known provider's address, else by the variable of its key (`${GROQ_API_KEY}`), else by the exact name in the
        price book. A prefix that is no provider's is part of the model's name: `meta-llama/llama-4-scout-17b-16e-instruct`.


        """;
}
