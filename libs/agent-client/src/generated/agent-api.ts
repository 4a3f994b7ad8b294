/* Generated from the OpenAPI document by `npx nx run docs:write`; a test compares it. */

export interface paths {
    "/.well-known/jwks.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Keys that verify receipts */
        get: operations["getPublicKeys"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/agent/agents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The caller's agents
         * @description Admins see all.
         *
         *     Roles: client, service, admin.
         */
        get: operations["listAgents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/agent/agents/{agent_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One agent
         * @description Roles: client, service, admin.
         */
        get: operations["getAgent"];
        put?: never;
        post?: never;
        /**
         * Retires an agent
         * @description Its history stays.
         *
         *     Roles: client, service, admin.
         */
        delete: operations["deleteAgent"];
        options?: never;
        head?: never;
        /**
         * Changes an agent
         * @description Absent fields stay as they are; `null` clears `name` and `endpoint_url`.
         *
         *     Roles: client, service, admin.
         */
        patch: operations["updateAgent"];
        trace?: never;
    };
    "/api/v1/agent/agents/{agent_id}/activate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Lets an agent run workflows
         * @description Roles: client, service, admin.
         */
        post: operations["activateAgent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/agent/agents/{agent_id}/heartbeat": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Says that it is there
         * @description Roles: client, service, admin.
         */
        post: operations["sendAgentHeartbeat"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/agent/agents/{agent_id}/profile": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * All that is known of it
         * @description Roles: client, service, admin.
         */
        get: operations["getAgentProfile"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/agent/agents/{agent_id}/retire": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Retires an agent for good
         * @description Roles: client, service, admin.
         */
        post: operations["retireAgent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/agent/agents/{agent_id}/status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Says how it is
         * @description Counts as a heartbeat too.
         *
         *     Roles: client, service, admin.
         */
        post: operations["setAgentStatus"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/agent/agents/{agent_id}/suspend": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Keeps an agent from running workflows
         * @description Roles: client, service, admin.
         */
        post: operations["suspendAgent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/agent/agents/register": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Registers an agent
         * @description Registering the same id again by its owner updates it.
         *
         *     Roles: client, service, admin.
         */
        post: operations["registerAgent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/agent/directory/agents/{agent_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * An agent of any owner
         * @description Roles: service.
         */
        get: operations["findAgent"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/agent/directory/counts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How many agents there are
         * @description Roles: service.
         */
        get: operations["countAgents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/agent/directory/receipts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Receipts of executions
         * @description Roles: service.
         */
        get: operations["listPublicReceipts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/agent/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The events of all the caller's executions
         * @description Those of one execution in their order; none is left out, also when transactions end in another order than they began. As a page, or with `Accept: text/event-stream` as a stream. Admins see all. A comment, or an `id` alone, comes after each 15 s of silence. A reader that takes nothing for 30 s is cut off, and when the process drains the stream ends: it goes on elsewhere, after the last `id`. Too many streams are refused with 503.
         *
         *     Roles: client, service, admin.
         */
        get: operations["listEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/agent/executions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The caller's executions
         * @description Admins see all.
         *
         *     Roles: client, service, admin.
         */
        get: operations["listExecutions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/agent/executions/{execution_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One execution
         * @description With `wait` a long poll: answers as soon as there is an event after `since`, at once if there is one already or the execution has ended, and as it is when the time is over or the process drains. Call it again with `since` = `event_seq`; nothing is lost in between. `until=final` waits for the end alone. Too many waiting requests are refused with 503.
         *
         *     Roles: client, service, admin.
         */
        get: operations["getExecution"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/agent/executions/{execution_id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Cancels it
         * @description Steps in flight are aborted.
         *
         *     Roles: client, service, admin.
         */
        post: operations["cancelExecution"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/agent/executions/{execution_id}/cost": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What each attempt of its steps has cost, and why
         * @description Roles: client, service, admin.
         */
        get: operations["getExecutionCost"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/agent/executions/{execution_id}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What happens in an execution, as it happens
         * @description The `id` of an event is its number. The stream ends after the last event; who asks for more then gets 204, which keeps an event source from coming again. A comment, or an `id` alone, comes after each 15 s of silence. A reader that takes nothing for 30 s is cut off, and when the process drains the stream ends: it goes on elsewhere, after the last `id`. Too many streams are refused with 503.
         *
         *     Roles: client, service, admin.
         */
        get: operations["followExecution"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/agent/executions/{execution_id}/logs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What happened in its steps
         * @description Roles: client, service, admin.
         */
        get: operations["getExecutionLogs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/agent/executions/{execution_id}/pause": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Pauses it
         * @description Steps in flight are aborted, and run again with the same attempt when it is resumed. Time limits stand still.
         *
         *     Roles: client, service, admin.
         */
        post: operations["pauseExecution"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/agent/executions/{execution_id}/receipt": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Receipt of an execution
         * @description Roles: client, service, admin.
         */
        get: operations["getExecutionReceipt"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/agent/executions/{execution_id}/receipt/steps/{step_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One step of a receipt, with its proof
         * @description Proves the step to somebody who shall learn nothing of the others. A step that never began has none.
         *
         *     Roles: client, service, admin.
         */
        get: operations["getStepReceipt"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/agent/executions/{execution_id}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Resumes it
         * @description Roles: client, service, admin.
         */
        post: operations["resumeExecution"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/agent/executions/{execution_id}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Runs it again
         * @description A new execution adopts what a failed or cancelled one has completed, and goes on from there.
         *
         *     Roles: client, service, admin.
         */
        post: operations["retryExecution"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/agent/executions/{execution_id}/signals/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sends a signal
         * @description Ends the wait of one step; kept when none waits for it yet.
         *
         *     Roles: client, service, admin.
         */
        post: operations["sendSignal"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/agent/executions/{execution_id}/status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The same as without `/status`
         * @description With `wait` a long poll: answers as soon as there is an event after `since`, at once if there is one already or the execution has ended, and as it is when the time is over or the process drains. Call it again with `since` = `event_seq`; nothing is lost in between. `until=final` waits for the end alone. Too many waiting requests are refused with 503.
         *
         *     Roles: client, service, admin.
         */
        get: operations["getExecutionStatus"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/agent/executions/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Cancels executions by filter
         * @description Roles: client, service, admin.
         */
        post: operations["cancelExecutions"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/agent/executions/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Retries executions by filter
         * @description Failed and cancelled ones that have no retry yet, so that a repeated request makes none twice.
         *
         *     Roles: client, service, admin.
         */
        post: operations["retryExecutions"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/agent/networks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The caller's networks
         * @description Admins see all.
         *
         *     Roles: client, service, admin.
         */
        get: operations["listNetworks"];
        put?: never;
        /**
         * Makes a network of agents
         * @description Roles: client, service, admin.
         */
        post: operations["createNetwork"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/agent/networks/{network_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One network
         * @description Roles: client, service, admin.
         */
        get: operations["getNetwork"];
        put?: never;
        post?: never;
        /**
         * Removes a network
         * @description Its agents stay.
         *
         *     Roles: client, service, admin.
         */
        delete: operations["deleteNetwork"];
        options?: never;
        head?: never;
        /**
         * Changes a network
         * @description Absent fields stay as they are; `null` clears `description`.
         *
         *     Roles: client, service, admin.
         */
        patch: operations["updateNetwork"];
        trace?: never;
    };
    "/api/v1/agent/receipts/verify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Verifies a receipt
         * @description Roles: client, service, admin.
         */
        post: operations["verifyReceipt"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/agent/services": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The kinds of jobs
         * @description Roles: client, service, admin.
         */
        get: operations["listServices"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/agent/services/{type}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Has a job of any kind done
         * @description Roles: client, service, admin.
         */
        post: operations["submitServiceJob"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/agent/services/{type}/schema": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What a request may say
         * @description Roles: client, service, admin.
         */
        get: operations["getServiceRequestSchema"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/agent/services/blender/render": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Has a scene rendered
         * @description Roles: client, service, admin.
         */
        post: operations["submitBlenderRender"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/agent/services/ffmpeg/transcode": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Has a video transcoded
         * @description Roles: client, service, admin.
         */
        post: operations["submitFfmpegTranscode"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/agent/services/jobs/{job_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What came of a job
         * @description Roles: client, service, admin.
         */
        get: operations["getServiceJob"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/agent/services/jobs/{job_id}/stream": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The text of a job while it comes, or the rest of it
         * @description Text comes of jobs whose request says `stream: true`, and can be read again for 15 minutes after their end; of other jobs only the end. The job goes on without readers.
         *
         *     Roles: client, service, admin.
         */
        get: operations["followServiceJob"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/agent/services/llm/inference": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Has a prompt completed
         * @description Roles: client, service, admin.
         */
        post: operations["submitLlmInference"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/agent/services/llm/stream": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Has a prompt completed, and gives the text while it comes
         * @description Without `Idempotency-Key` the job is cancelled when the connection ends before the stream does. With it the job goes on: the same request again, with `Last-Event-ID`, gives the rest.
         *
         *     Roles: client, service, admin.
         */
        post: operations["streamLlm"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/agent/services/stable-diffusion/generate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Has images made
         * @description Roles: client, service, admin.
         */
        post: operations["submitStableDiffusionGenerate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/agent/services/stable-diffusion/img2img": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Has images made from an image
         * @description Roles: client, service, admin.
         */
        post: operations["submitStableDiffusionImg2img"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/agent/services/text-analysis": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Has a text analysed
         * @description Roles: client, service, admin.
         */
        post: operations["submitTextAnalysis"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/agent/services/whisper/transcribe": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Has speech transcribed
         * @description Roles: client, service, admin.
         */
        post: operations["submitWhisperTranscribe"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/agent/services/whisper/translate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Has speech translated into English
         * @description Roles: client, service, admin.
         */
        post: operations["submitWhisperTranslate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/agent/stats": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Figures of the whole platform
         * @description Roles: client, service, admin.
         */
        get: operations["getAgentStats"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/agent/webhooks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The caller's webhooks
         * @description Admins see all.
         *
         *     Roles: client, service, admin.
         */
        get: operations["listWebhooks"];
        put?: never;
        /**
         * Makes a webhook
         * @description At most 50 for each owner. It gets the events that happen from now on.
         *
         *     Roles: client, service, admin.
         */
        post: operations["createWebhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/agent/webhooks/{webhook_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One webhook
         * @description Roles: client, service, admin.
         */
        get: operations["getWebhook"];
        put?: never;
        post?: never;
        /**
         * Removes a webhook
         * @description What has not been sent is not sent any more; its deliveries go with it.
         *
         *     Roles: client, service, admin.
         */
        delete: operations["deleteWebhook"];
        options?: never;
        head?: never;
        /**
         * Changes a webhook
         * @description Absent fields stay as they are; `null` clears `workflow_id` and `description`.
         *
         *     Roles: client, service, admin.
         */
        patch: operations["updateWebhook"];
        trace?: never;
    };
    "/api/v1/agent/webhooks/{webhook_id}/deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What was sent, and what is to be sent
         * @description Roles: client, service, admin.
         */
        get: operations["listWebhookDeliveries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/agent/webhooks/{webhook_id}/deliveries/{delivery_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One delivery, with its event
         * @description Roles: client, service, admin.
         */
        get: operations["getWebhookDelivery"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/agent/webhooks/{webhook_id}/deliveries/{delivery_id}/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sends a delivery again
         * @description With the same `webhook-id`, and all attempts before it. One that waits for its next attempt gets it now.
         *
         *     Roles: client, service, admin.
         */
        post: operations["replayWebhookDelivery"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/agent/webhooks/{webhook_id}/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sends many deliveries again
         * @description Without `since` the dead ones, with it all that were made since then, in the order of their events.
         *
         *     Roles: client, service, admin.
         */
        post: operations["replayWebhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/agent/webhooks/{webhook_id}/rotate-secret": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Gives a webhook a new secret
         * @description Until `previous_secret_until` every message bears two signatures, of which the second is by the old one.
         *
         *     Roles: client, service, admin.
         */
        post: operations["rotateWebhookSecret"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/agent/webhooks/{webhook_id}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sends a test event
         * @description A real message of the type `com.aitbc.webhook.test`, sent once. Its delivery tells what came of it.
         *
         *     Roles: client, service, admin.
         */
        post: operations["testWebhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/agent/workflows": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The caller's and public workflows
         * @description Roles: client, service, admin.
         */
        get: operations["listWorkflows"];
        put?: never;
        /**
         * Creates a workflow
         * @description Roles: client, service, admin.
         */
        post: operations["createWorkflow"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/agent/workflows/{workflow_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One workflow
         * @description Roles: client, service, admin.
         */
        get: operations["getWorkflow"];
        /**
         * Makes a new version
         * @description The body is the whole workflow. Nothing changes when it is what is stored already.
         *
         *     Roles: client, service, admin.
         */
        put: operations["updateWorkflow"];
        post?: never;
        /**
         * Hides it for good
         * @description Roles: client, service, admin.
         */
        delete: operations["deleteWorkflow"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/agent/workflows/{workflow_id}/execute": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Starts an execution
         * @description When this answers, the execution is stored and will be run.
         *
         *     Roles: client, service, admin.
         */
        post: operations["executeWorkflow"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/agent/workflows/{workflow_id}/versions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Its versions
         * @description Roles: client, service, admin.
         */
        get: operations["listWorkflowVersions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/agent/workflows/{workflow_id}/versions/{version}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One version
         * @description Roles: client, service, admin.
         */
        get: operations["getWorkflowVersion"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/agent/workflows/validate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Checks, stores nothing
         * @description 200 whatever is wrong with the workflow: the answer is about it, not about the request.
         *
         *     Roles: client, service, admin.
         */
        post: operations["validateWorkflow"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/docs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Swagger UI */
        get: operations["getDocs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether the process serves */
        get: operations["getHealth"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Figures for Prometheus */
        get: operations["getMetrics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/openapi.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** This document */
        get: operations["getOpenApi"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/ready": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether to send requests here */
        get: operations["getReadiness"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @description A registered autonomous worker or persona. */
        Agent: {
            agent_id: string;
            agent_type: string;
            /** @description What it can do. */
            capabilities: string[];
            /** Format: date-time */
            created_at: string;
            /** @description Public key by which others encrypt for it; opaque to the platform. */
            encryption_key: string | null;
            /**
             * Format: uri
             * @description Where it answers.
             */
            endpoint_url: string | null;
            /** @description The same as `agent_id`. */
            id: string;
            /**
             * Format: date-time
             * @description Null: it was never heard.
             */
            last_heartbeat_at: string | null;
            /**
             * @description Only an active agent may run workflows.
             * @enum {string}
             */
            lifecycle: "registered" | "active" | "suspended" | "retired";
            /** @description Whatever its owner keeps with it. */
            metadata: {
                [key: string]: unknown;
            };
            name: string | null;
            /** @description Subject that registered it. */
            owner_id: string;
            /** @description Ed25519 public key as a JWK. */
            public_key: {
                [key: string]: unknown;
            };
            /**
             * @description What it said last; `offline` when it has been silent for 90 s.
             * @enum {string}
             */
            status: "available" | "busy" | "offline" | "maintenance";
            /**
             * Format: date-time
             * @description When its owner changed it last; heartbeats leave it.
             */
            updated_at: string;
        };
        AgentHeartbeatRequest: {
            /** @description How busy the agent is, in a unit of its own (0 is idle). */
            load?: number | null;
            /** @description Figures that the agent wants to show. */
            metrics?: {
                [key: string]: unknown;
            } | null;
        };
        /** @description An agent with what is known of it. */
        AgentProfile: {
            agent_id: string;
            agent_type: string;
            /** @description What it can do. */
            capabilities: string[];
            /** Format: date-time */
            created_at: string;
            /** @description Public key by which others encrypt for it; opaque to the platform. */
            encryption_key: string | null;
            /**
             * Format: uri
             * @description Where it answers.
             */
            endpoint_url: string | null;
            /** @description The same as `agent_id`. */
            id: string;
            /**
             * Format: date-time
             * @description Null: it was never heard.
             */
            last_heartbeat_at: string | null;
            /** @description `load` and `metrics` of its last heartbeat. */
            last_report: {
                [key: string]: unknown;
            } | null;
            /**
             * @description Only an active agent may run workflows.
             * @enum {string}
             */
            lifecycle: "registered" | "active" | "suspended" | "retired";
            /** @description Whatever its owner keeps with it. */
            metadata: {
                [key: string]: unknown;
            };
            name: string | null;
            /** @description Subject that registered it. */
            owner_id: string;
            /** @description Ed25519 public key as a JWK. */
            public_key: {
                [key: string]: unknown;
            };
            /**
             * @description What it said last; `offline` when it has been silent for 90 s.
             * @enum {string}
             */
            status: "available" | "busy" | "offline" | "maintenance";
            /**
             * Format: date-time
             * @description When its owner changed it last; heartbeats leave it.
             */
            updated_at: string;
        };
        /** @description Figures of the whole platform. */
        AgentStats: {
            active_agents: number;
            agents_by_lifecycle: {
                active: number;
                registered: number;
                retired: number;
                suspended: number;
            };
            /**
             * Format: date-time
             * @description When they were counted: on a large platform some time ago.
             */
            as_of: string;
            executions_by_status: {
                cancelled: number;
                completed: number;
                failed: number;
                paused: number;
                pending: number;
                running: number;
                waiting: number;
            };
            /** @description Active or not, heard lately. */
            online_agents: number;
            /** @description All that are not retired. */
            registered_agents: number;
            /** @description Executions ever started. */
            total_executions: number;
        };
        AgentStatusRequest: {
            /** @enum {string} */
            status: "available" | "busy" | "offline" | "maintenance";
        };
        AgentSummary: {
            agent_id: string;
            capabilities: string[];
            /** @description `registered`, `active`, `suspended` or `retired`. */
            lifecycle: string;
            name: string | null;
            owner_id: string;
        };
        /** @description What became of the executions that were to be cancelled. */
        BulkCancellation: {
            cancelled: number;
            /** @description How many matched, up to `limit`. */
            matched: number;
            /** @description Whether more match than `limit`: ask again. */
            more: boolean;
            /** @description How many could not be changed: they ended meanwhile, say. */
            unchanged: number;
        };
        BulkCancelRequest: {
            /**
             * Format: date-time
             * @description Created at or after this instant.
             */
            created_from?: string | null;
            /**
             * Format: date-time
             * @description Created before this instant.
             */
            created_until?: string | null;
            execution_ids?: string[] | null;
            /**
             * @description How many to change at most; when there are more, the answer says so.
             * @default 1000
             */
            limit?: number;
            /** @description Kept in the history of each. */
            reason?: string | null;
            /** @enum {string|null} */
            status?: "pending" | "running" | "waiting" | "paused" | "completed" | "failed" | "cancelled" | null;
            workflow_id?: string | null;
        };
        BulkRequest: {
            /**
             * Format: date-time
             * @description Created at or after this instant.
             */
            created_from?: string | null;
            /**
             * Format: date-time
             * @description Created before this instant.
             */
            created_until?: string | null;
            execution_ids?: string[] | null;
            /**
             * @description How many to change at most; when there are more, the answer says so.
             * @default 1000
             */
            limit?: number;
            /** @enum {string|null} */
            status?: "pending" | "running" | "waiting" | "paused" | "completed" | "failed" | "cancelled" | null;
            workflow_id?: string | null;
        };
        /** @description What became of the executions that were to be retried. */
        BulkRetry: {
            /** @description How many matched, up to `limit`. */
            matched: number;
            /** @description Whether more match than `limit`: ask again. */
            more: boolean;
            retried: number;
            /** @description How many could not be changed: they ended meanwhile, say. */
            unchanged: number;
        };
        /** @description What happened in an execution: a CloudEvent 1.0 with the `sequence` extension. */
        CloudEvent: {
            data: {
                /** @description What belongs to the type. */
                details: {
                    [key: string]: unknown;
                };
                execution_id: string;
                owner_id: string;
                /** @description 1, 2, 3, … in the execution, without gaps. */
                seq: number;
                step_id: string | null;
                workflow_id: string;
            };
            /** @description `application/json`. */
            datacontenttype: string;
            /** @description `<execution_id>/<seq>`: with `source` it names the event, however often it is delivered. */
            id: string;
            /** @description Its number in the execution with leading zeros, so that the texts sort as the events do. */
            sequence: string;
            /** @description The installation that it comes from. */
            source: string;
            /** @description `1.0`. */
            specversion: string;
            /** @description The execution. */
            subject: string;
            /** Format: date-time */
            time: string;
            /** @description `com.aitbc.` and the type of the event, such as `com.aitbc.execution.completed`. */
            type: string;
        };
        /** @description Out of what a cost was computed; prices are those of when the attempt ended. */
        CostBasis: {
            job_id: string;
            /**
             * @description A miner's job, at the price of its receipt.
             * @constant
             */
            kind: "job";
        } | {
            /** @description What it wrote; null: the endpoint did not tell. */
            completion_tokens: number | null;
            /** @description Coins for a million tokens that it reads; null: the model has no price. */
            input_price: number | null;
            /**
             * @description Tokens, as the endpoint has counted them, those of tries that came to nothing too.
             * @constant
             */
            kind: "tokens";
            /** @description The model that was asked for. */
            model: string;
            /** @description Coins for a million tokens that it writes; null: the model has no price. */
            output_price: number | null;
            /** @description What it read; null: the endpoint did not tell. */
            prompt_tokens: number | null;
        } | {
            /** @description Null: nobody could measure it. */
            cpu_microseconds: number | null;
            /**
             * @description CPU time of the thread that ran the code.
             * @constant
             */
            kind: "cpu";
            /** @description Coins for a second. */
            price_per_second: number;
        } | {
            /**
             * @description Nothing that has a price.
             * @constant
             */
            kind: "none";
        };
        ExecuteRequest: {
            /** @description The agent on whose behalf it runs: owned by the caller, and active. */
            agent_id?: string | null;
            /** @default {} */
            inputs?: {
                [key: string]: unknown;
            };
            /** @description Coins with at most 8 decimals; 0 is no limit. */
            max_cost_budget?: number | null;
            /** @description Seconds. */
            max_execution_time?: number | null;
            /**
             * @description By default that of the workflow. The strictest level that this or any step asks for is the execution's.
             * @enum {string|null}
             */
            verification_level?: "basic" | "full" | "zero-knowledge" | null;
            /** @description Version of the workflow; the current one by default. */
            version?: number | null;
            /** @description Accepted when it equals the id in the path. */
            workflow_id?: string | null;
        };
        /** @description An execution, whole. */
        Execution: {
            /** @description The agent on whose behalf it runs. */
            agent_id: string | null;
            /** Format: date-time */
            completed_at: string | null;
            completed_steps: number;
            /** Format: date-time */
            created_at: string;
            /** @description Id of the step that began last. */
            current_step: string | null;
            error_code: string | null;
            error_message: string | null;
            /** @description Number of its newest event. */
            event_seq: number;
            execution_id: string;
            /** @description Id of the step that failed it. */
            failed_step: string | null;
            /** @description Null until it is completed. */
            final_result: unknown;
            /** @description The same as `execution_id`. */
            id: string;
            inputs: {
                [key: string]: unknown;
            };
            /** @description Coins; 0 is no limit. */
            max_cost_budget: number;
            /** @description Seconds. */
            max_execution_time: number;
            owner_id: string;
            /**
             * Format: date-time
             * @description Since when it is paused; null while it is not.
             */
            paused_at: string | null;
            /** @description The execution whose completed steps it adopted. */
            retry_of: string | null;
            /** Format: date-time */
            started_at: string | null;
            /**
             * @description The last three are final.
             * @enum {string}
             */
            status: "pending" | "running" | "waiting" | "paused" | "completed" | "failed" | "cancelled";
            /** @description By id of the step. */
            step_states: {
                [key: string]: components["schemas"]["StepState"];
            };
            /** @description Coins, with at most 8 decimals. */
            total_cost: number;
            /** @description Seconds, to the millisecond. */
            total_execution_time: number | null;
            total_steps: number;
            /** Format: date-time */
            updated_at: string;
            /** @enum {string} */
            verification_level: "basic" | "full" | "zero-knowledge";
            verification_proof: {
                receipt_id: string;
                /** @description Whether every check of its level passed. */
                verified: boolean;
            } | null;
            workflow_id: string;
            /** @description The version that it runs, whatever becomes of the workflow. */
            workflow_version: number;
        };
        /** @description What an execution has cost, attempt by attempt. */
        ExecutionCost: {
            /** @description Coins: `max_cost_budget`; 0 is no limit. */
            budget: number;
            execution_id: string;
            /** @description Coins that are set aside for the attempts in flight. */
            reserved_cost: number;
            /** @enum {string} */
            status: "pending" | "running" | "waiting" | "paused" | "completed" | "failed" | "cancelled";
            /** @description Each attempt of the steps that have begun, in that order. */
            steps: {
                /** @description The execution in which the step has had its attempts, and has been paid. */
                adopted_from?: string;
                /** @description From 1. */
                attempt: number;
                basis: components["schemas"]["CostBasis"];
                /** @description Coins that it has cost, also when it failed. */
                cost: number;
                /** @description The receipt of the job that was paid; a job is paid once, however many attempts rest on it. */
                job_receipt_id?: string;
                step_id: string;
                /** @enum {string} */
                step_type: "inference" | "training" | "data_processing" | "verification" | "custom";
            }[];
            /** @description Coins: the sum over the attempts. */
            total_cost: number;
        };
        /** @description An execution with what happened in its steps. */
        ExecutionLogs: {
            /** @description The agent on whose behalf it runs. */
            agent_id: string | null;
            /** Format: date-time */
            completed_at: string | null;
            completed_steps: number;
            /** Format: date-time */
            created_at: string;
            /** @description Id of the step that began last. */
            current_step: string | null;
            error_code: string | null;
            error_message: string | null;
            /** @description Number of its newest event. */
            event_seq: number;
            execution_id: string;
            /** @description Id of the step that failed it. */
            failed_step: string | null;
            /** @description The same as `execution_id`. */
            id: string;
            /** @description Coins; 0 is no limit. */
            max_cost_budget: number;
            /** @description Seconds. */
            max_execution_time: number;
            owner_id: string;
            /**
             * Format: date-time
             * @description Since when it is paused; null while it is not.
             */
            paused_at: string | null;
            /** @description The execution whose completed steps it adopted. */
            retry_of: string | null;
            /** Format: date-time */
            started_at: string | null;
            /**
             * @description The last three are final.
             * @enum {string}
             */
            status: "pending" | "running" | "waiting" | "paused" | "completed" | "failed" | "cancelled";
            /** @description The steps that have begun, in that order. */
            step_logs: {
                attempt: number;
                /** Format: date-time */
                completed_at: string | null;
                /** @description Coins, with at most 8 decimals. */
                cost: number;
                error_code: string | null;
                error_message: string | null;
                /** @description Seconds. */
                execution_time: number | null;
                /** @description Null: nobody said. */
                gpu_accelerated: boolean | null;
                /** @description Bytes; null: nobody measured. */
                memory_usage: number | null;
                name: string;
                retry_count: number;
                /** Format: date-time */
                started_at: string | null;
                /** @enum {string} */
                status: "pending" | "running" | "waiting" | "completed" | "failed" | "skipped" | "cancelled";
                step_id: string;
                /** @enum {string} */
                step_type: "inference" | "training" | "data_processing" | "verification" | "custom";
            }[];
            /** @description Coins, with at most 8 decimals. */
            total_cost: number;
            /** @description Seconds, to the millisecond. */
            total_execution_time: number | null;
            total_steps: number;
            /** Format: date-time */
            updated_at: string;
            /** @enum {string} */
            verification_level: "basic" | "full" | "zero-knowledge";
            workflow_id: string;
            /** @description The version that it runs, whatever becomes of the workflow. */
            workflow_version: number;
        };
        /** @description The signed receipt of an execution; `POST /receipts/verify` takes it as it is. */
        ExecutionReceipt: {
            /** @description Compact JWS of the job receipts that the steps name. */
            job_receipts: string[];
            /** @description Compact JWS (EdDSA; its key is in `/.well-known/jwks.json`): the only part that proves anything. */
            jws: string;
            payload: components["schemas"]["ExecutionReceiptPayload"];
            steps: components["schemas"]["ReceiptStep"][];
        };
        /** @description What the receipt of an execution says. */
        ExecutionReceiptPayload: {
            agent_id?: string;
            checks: components["schemas"]["ReceiptCheck"][];
            /** Format: date-time */
            completed_at: string | null;
            execution_id: string;
            /** @description Of the canonical JSON (RFC 8785) of the inputs. */
            inputs_hash: string;
            /** Format: date-time */
            issued_at: string;
            /** @description URL of the platform that signed it. */
            issuer: string;
            owner_id: string;
            receipt_id: string;
            /** @description Of the result; null when there is none. */
            result_hash: string | null;
            /** @description The execution whose completed steps this one adopted. */
            retry_of?: string;
            /** Format: date-time */
            started_at: string | null;
            /**
             * @description A final one.
             * @enum {string}
             */
            status: "pending" | "running" | "waiting" | "paused" | "completed" | "failed" | "cancelled";
            steps_count: number;
            /** @description Root of the Merkle tree (RFC 9162) over the steps, by `step_id`. */
            steps_root: string;
            /** @description Coins, the sum of the steps' costs. */
            total_cost: number;
            /** @enum {string} */
            verification_level: "basic" | "full" | "zero-knowledge";
            /** @description Whether every check passed. */
            verified: boolean;
            /** @description Of this shape. */
            version: number;
            workflow_hash: string;
            workflow_id: string;
            workflow_version: number;
        };
        ExecutionReceiptSummary: {
            execution_id: string;
            id: string;
            inputs_hash: string;
            /** Format: date-time */
            issued_at: string;
            result_hash: string | null;
            /** @description How the execution ended. */
            status: string;
            steps_root: string;
            /** @description Coins, with at most 8 decimals. */
            total_cost: number;
            verified: boolean;
        };
        /** @description A signal that is kept until a step takes it. */
        ExecutionSignal: {
            execution_id: string;
            id: string;
            name: string;
            /** Format: date-time */
            sent_at: string;
            sent_by: string;
            /** @description The same as `id`. */
            signal_id: string;
        };
        /** @description An execution without what its steps hold. */
        ExecutionSummary: {
            /** @description The agent on whose behalf it runs. */
            agent_id: string | null;
            /** Format: date-time */
            completed_at: string | null;
            completed_steps: number;
            /** Format: date-time */
            created_at: string;
            /** @description Id of the step that began last. */
            current_step: string | null;
            error_code: string | null;
            error_message: string | null;
            /** @description Number of its newest event. */
            event_seq: number;
            execution_id: string;
            /** @description Id of the step that failed it. */
            failed_step: string | null;
            /** @description The same as `execution_id`. */
            id: string;
            /** @description Coins; 0 is no limit. */
            max_cost_budget: number;
            /** @description Seconds. */
            max_execution_time: number;
            owner_id: string;
            /**
             * Format: date-time
             * @description Since when it is paused; null while it is not.
             */
            paused_at: string | null;
            /** @description The execution whose completed steps it adopted. */
            retry_of: string | null;
            /** Format: date-time */
            started_at: string | null;
            /**
             * @description The last three are final.
             * @enum {string}
             */
            status: "pending" | "running" | "waiting" | "paused" | "completed" | "failed" | "cancelled";
            /** @description Coins, with at most 8 decimals. */
            total_cost: number;
            /** @description Seconds, to the millisecond. */
            total_execution_time: number | null;
            total_steps: number;
            /** Format: date-time */
            updated_at: string;
            /** @enum {string} */
            verification_level: "basic" | "full" | "zero-knowledge";
            workflow_id: string;
            /** @description The version that it runs, whatever becomes of the workflow. */
            workflow_version: number;
        };
        FieldError: {
            /** @description What is wrong with it. */
            message: string;
            /** @description JSON Pointer (RFC 6901) into the body, or `?name` for a query parameter. */
            pointer: string;
        };
        Health: {
            /** @description Name of the service. */
            service: string;
            /** @enum {string} */
            status: "healthy" | "ready";
            /** @description Its version. */
            version: string;
        };
        /** @description Proves that a receipt states an entry (RFC 9162, section 2.1.3). */
        InclusionProof: {
            /** @description Hashes beside the way to `steps_root`, from the leaf upwards. */
            inclusion_path: string[];
            /** @description Position of the entry among the steps by `step_id`, from 0. */
            leaf_index: number;
            /** @description The `steps_count` of the receipt. */
            tree_size: number;
        };
        /** @description Agents of one owner that work together. */
        Network: {
            /** @description Ids of its agents. */
            agents: string[];
            /**
             * @description Who decides in it.
             * @enum {string}
             */
            coordination: "centralized" | "decentralized" | "hierarchical";
            /** Format: date-time */
            created_at: string;
            description: string | null;
            id: string;
            name: string;
            owner_id: string;
            /** Format: date-time */
            updated_at: string;
        };
        NetworkRequest: {
            /** @description Ids of 1 to 200 agents of the owner; none of them retired. */
            agents: string[];
            /**
             * @description Who decides in the network.
             * @default centralized
             * @enum {string}
             */
            coordination?: "centralized" | "decentralized" | "hierarchical";
            description?: string | null;
            name: string;
        };
        PatchAgentRequest: {
            /** @description Replaces the whole list. */
            capabilities?: string[];
            /** Format: uri */
            endpoint_url?: string | null;
            /** @description Replaces the whole object. */
            metadata?: {
                [key: string]: unknown;
            };
            name?: string | null;
        };
        PatchNetworkRequest: {
            /** @description Replaces the whole list. */
            agents?: string[];
            /** @enum {string} */
            coordination?: "centralized" | "decentralized" | "hierarchical";
            description?: string | null;
            name?: string;
        };
        PatchWebhookRequest: {
            /** @description False: events that happen are not taken on, and what has not been sent waits. True: it is sent, whoever had turned it off. */
            active?: boolean;
            description?: string | null;
            /** @description Replaces the whole list; for events from now on. */
            event_types?: string[];
            /** @description As in `POST`. What has not been sent yet goes to the new one. */
            url?: string;
            workflow_id?: string | null;
        };
        /** @description A problem document (RFC 9457). */
        Problem: {
            /**
             * @description The code of the error, for programs to decide by.
             * @enum {string}
             */
            code: "malformed_request" | "unauthenticated" | "forbidden" | "not_found" | "method_not_allowed" | "conflict" | "precondition_failed" | "payload_too_large" | "unsupported_media_type" | "validation_failed" | "not_ready" | "rate_limited" | "internal" | "dependency_unavailable" | "prover_unavailable" | "overloaded" | "starting" | "loop_detected" | "draining";
            /** @description What is wrong this time. */
            detail: string;
            /** @description One entry for each bad field. */
            errors?: components["schemas"]["FieldError"][];
            /** @description The request id. */
            instance: string;
            /** @description The HTTP status. */
            status: number;
            /** @description Short sentence, the same for each occurrence of the code. */
            title: string;
            /** @description `urn:aitbc:error:<code>`. */
            type: string;
        };
        ReasonRequest: {
            /** @description Kept in the history. */
            reason?: string | null;
        };
        /** @description One thing that verification looked at. */
        ReceiptCheck: {
            detail: string;
            name: string;
            ok: boolean;
        };
        /** @description A leaf of the Merkle tree of a receipt. */
        ReceiptStep: {
            attempt: number;
            /** Format: date-time */
            completed_at: string | null;
            /** @description Coins, with at most 8 decimals. */
            cost: number;
            input_hash: string | null;
            /** @description Receipt of the job on which the output rests. */
            job_receipt_id?: string;
            output_hash: string | null;
            /**
             * Format: date-time
             * @description Null: it never started.
             */
            started_at: string | null;
            /** @enum {string} */
            status: "pending" | "running" | "waiting" | "completed" | "failed" | "skipped" | "cancelled";
            step_id: string;
        };
        ReceiptVerification: {
            /** @description What was not shown is not checked, and has no entry. */
            checks: components["schemas"]["ReceiptCheck"][];
            /** @description Whether every check passed. */
            valid: boolean;
        };
        RegisterAgentRequest: {
            /** @description Chosen by the client (1..100 of `[A-Za-z0-9._:-]`); made when absent. */
            agent_id?: string;
            /** @description Default `agent`. */
            agent_type?: string;
            /** @description What the agent can do. */
            capabilities: string[];
            /** @description Public key by which others encrypt for the agent; opaque to the platform. */
            encryption_key?: string | null;
            /**
             * Format: uri
             * @description Where the agent answers.
             */
            endpoint_url?: string | null;
            /** @description Whatever the owner wants to keep with it. */
            metadata?: {
                [key: string]: unknown;
            };
            name?: string | null;
            /** @description Ed25519 public key: a JWK, or base64url of the 32 raw bytes. Stored and answered as a JWK. */
            public_key: string | {
                [key: string]: unknown;
            };
        };
        ReplayRequest: {
            /** @description Only deliveries that were made after this one: `next_after` of the answer before. */
            after?: string | null;
            /**
             * @description How many at most, those first that were made first.
             * @default 1000
             */
            limit?: number;
            /**
             * Format: date-time
             * @description Only deliveries that were made at or after this instant. With it all that are finished are sent again, else the dead ones.
             */
            since?: string | null;
            /**
             * @description `dead` or `succeeded`: only those.
             * @enum {string|null}
             */
            status?: "dead" | "succeeded" | null;
        };
        RetryPolicyRequest: {
            /**
             * @description By how much each wait is longer than the one before.
             * @default 2
             */
            backoff_coefficient?: number;
            /**
             * @description Milliseconds before the second attempt.
             * @default 500
             */
            initial_interval_ms?: number;
            /**
             * @description Whether waits are spread at random, so that many failures do not come back together.
             * @default true
             */
            jitter?: boolean;
            /**
             * @description Milliseconds that no wait exceeds; not less than `initial_interval_ms`.
             * @default 30000
             */
            maximum_interval_ms?: number;
            /**
             * @description Error codes after which the step is not tried again.
             * @default []
             */
            non_retryable_errors?: string[];
        };
        RetryRequest: {
            /** @description This step and all after it run again, whether or not they have completed. */
            from_step?: string | null;
            /** @description Version of the workflow to go on with; by default the one that was run. The steps that are kept must be the same in it. */
            version?: number | null;
        };
        RotateSecretRequest: {
            /**
             * @description Seconds for which it signs with the old secret too, 0 to a week.
             * @default 86400
             */
            overlap_seconds?: number;
        };
        /** @description A kind of job, with the schemas of its requests and of what they may demand. */
        Service: {
            /** @description JSON Schema (draft 2020-12) of what a job of the kind may demand of a miner. */
            constraints: {
                [key: string]: unknown;
            };
            description: string;
            /** @description The same as `type`. */
            id: string;
            /** @description Miners online now that take this kind. */
            miners_online: number;
            /** @description Models that a request may name; empty when any is accepted, or none is needed. */
            models: string[];
            name: string;
            /** @description JSON Schema (draft 2020-12) of the requests. */
            schema: {
                [key: string]: unknown;
            };
            type: string;
        };
        /** @description A job that was submitted. */
        ServiceJob: {
            /**
             * Format: date-time
             * @description By what such jobs took lately; null when none was completed.
             */
            estimated_completion: string | null;
            job_id: string;
            service_type: string;
            /** @description `QUEUED`, `RUNNING`, `COMPLETED`, `FAILED`, `CANCELED` or `EXPIRED`. */
            status: string;
        };
        /** @description A job with what came of it. */
        ServiceJobOutcome: {
            /** @description Coins, with at most 8 decimals. */
            cost: number;
            error: string | null;
            job_id: string;
            /** @description Compact JWS, signed by the platform. */
            receipt: string | null;
            /** @description What the miner gave; null until the job is completed. */
            result: unknown;
            service_type: string;
            /** @description `QUEUED`, `RUNNING`, `COMPLETED`, `FAILED`, `CANCELED` or `EXPIRED`. */
            status: string;
        };
        SignalRequest: {
            /**
             * @description Any JSON: what the waiting step sees as `signal`.
             * @default null
             */
            data?: unknown;
        };
        /** @description An execution that begins. */
        StartedExecution: {
            /** Format: date-time */
            created_at: string;
            /** @description Coins, with at most 8 decimals. */
            current_cost: number;
            /** @description Id of the step that began last. */
            current_step: string | null;
            /**
             * Format: date-time
             * @description From the mean over past runs of the version; null when there are none.
             */
            estimated_completion: string | null;
            /** @description Coins, the mean over past runs; null when there are none. */
            estimated_total_cost: number | null;
            execution_id: string;
            /** @description The same as `execution_id`. */
            id: string;
            owner_id: string;
            /** @description The execution whose completed steps it adopts. */
            retry_of: string | null;
            /** Format: date-time */
            started_at: string | null;
            /**
             * @description The last three are final.
             * @enum {string}
             */
            status: "pending" | "running" | "waiting" | "paused" | "completed" | "failed" | "cancelled";
            total_steps: number;
            /** Format: date-time */
            updated_at: string;
            workflow_id: string;
            /** @description The version that it runs, whatever becomes of the workflow. */
            workflow_version: number;
        };
        /** @description One step of a receipt, proved without the others; `POST /receipts/verify` takes it as it is. */
        StepReceipt: {
            entry: components["schemas"]["ReceiptStep"];
            inclusion_proof: components["schemas"]["InclusionProof"];
            /** @description Compact JWS of the job receipt that the step names, if it names one. */
            job_receipts: string[];
            /** @description Compact JWS (EdDSA; its key is in `/.well-known/jwks.json`): the only part that proves anything. */
            jws: string;
            payload: components["schemas"]["ExecutionReceiptPayload"];
        };
        StepRequest: {
            /** @description What the step type asks for: `expression`, `schema`, `code`, `service_type`, …; at most 64 KiB of JSON. */
            config?: {
                [key: string]: unknown;
            } | null;
            /** @description A text is a JSONata expression, `{"literal": x}` is `x`, any other JSON value is itself. */
            input_mappings?: {
                [key: string]: unknown;
            } | null;
            /**
             * @description Further attempts after a failed one.
             * @default 3
             */
            max_retries?: number;
            /** @description For `inference` and `training`: `provider` (`coordinator` or `openai`), `model` and what the provider takes. */
            model_requirements?: {
                [key: string]: unknown;
            } | null;
            name: string;
            /** @description As `input_mappings`, over the step's output. */
            output_mappings?: {
                [key: string]: unknown;
            } | null;
            /**
             * @description A proof of this step alone; `true` is refused, since there are none yet.
             * @default false
             */
            requires_proof?: boolean;
            retry_policy?: components["schemas"]["RetryPolicyRequest"] | null;
            /** @enum {string} */
            step_type: "inference" | "training" | "data_processing" | "verification" | "custom";
            /**
             * @description Seconds that one attempt may take.
             * @default 300
             */
            timeout_seconds?: number;
            /**
             * @description Default: that of the execution. A stricter one raises the level of the whole execution to it.
             * @enum {string|null}
             */
            verification_level?: "basic" | "full" | "zero-knowledge" | null;
            /** @description JSONata; when it gives `false`, the step is `skipped`. */
            when?: string | null;
        };
        /** @description How far a step is. */
        StepState: {
            /** @description The execution that it was adopted from by a retry. */
            adopted_from: string | null;
            /** @description 0: it has not begun. */
            attempt: number;
            /** Format: date-time */
            completed_at: string | null;
            /** @description Coins, with at most 8 decimals. */
            cost: number;
            error_code: string | null;
            error_message: string | null;
            /** @description The coordinator job that it waits for. */
            job_id: string | null;
            name: string;
            /** @description What it gave. */
            output: unknown;
            /** @description Name of the signal that it waits for. */
            signal: string | null;
            /** Format: date-time */
            started_at: string | null;
            /** @enum {string} */
            status: "pending" | "running" | "waiting" | "completed" | "failed" | "skipped" | "cancelled";
            /** @enum {string|null} */
            waits_for: "retry" | "job" | "timer" | "signal" | null;
            /**
             * Format: date-time
             * @description When its timer ends, or its next attempt begins.
             */
            waits_until: string | null;
        };
        VerifyReceiptRequest: {
            client_id?: string | null;
            /** @description Coins. */
            cost?: number | null;
            /** @description The entry of one step of an execution receipt, shown without the others. */
            entry?: unknown;
            /** @description The `receipt_id` of a job receipt. */
            id?: string | null;
            /** @description What proves that the receipt states `entry`. */
            inclusion_proof?: unknown;
            /** @description Of a job receipt, RFC 3339. */
            issued_at?: string | null;
            job_id?: string | null;
            /** @description Compact JWS of the job receipts that the steps name. */
            job_receipts?: string[] | null;
            /** @description Compact JWS. */
            jws: string;
            miner_id?: string | null;
            /** @description Public key of the miner of a job receipt, as a JWK or base64url. */
            miner_key?: unknown;
            /** @description What the JWS is said to contain; checked against it. */
            payload?: unknown;
            receipt_id?: string | null;
            /** @description The entries of the steps of an execution receipt. */
            steps?: unknown;
        };
        /** @description Where an owner is told of events of executions. */
        Webhook: {
            /** @description False: it gets nothing. */
            active: boolean;
            /** Format: date-time */
            created_at: string;
            description: string | null;
            /**
             * Format: date-time
             * @description Since when it is not active.
             */
            disabled_at: string | null;
            /**
             * @description Why the platform has turned it off: it answered 410, or has failed for too long.
             * @enum {string|null}
             */
            disabled_reason: "gone" | "failing" | null;
            /** @description Types and patterns of the events that it gets. */
            event_types: string[];
            /**
             * Format: date-time
             * @description Its first failure since its last success; leaves `updated_at` as it is.
             */
            failing_since: string | null;
            id: string;
            owner_id: string;
            /**
             * Format: date-time
             * @description Until when it signs with the secret before this one too.
             */
            previous_secret_until: string | null;
            /** Format: date-time */
            updated_at: string;
            /**
             * Format: uri
             * @description Where events are sent to.
             */
            url: string;
            /** @description Only events of executions of this workflow; null: of all of its owner. */
            workflow_id: string | null;
        };
        /** @description One event for one webhook. */
        WebhookDelivery: {
            /** @description Attempts since it was made, or replayed last. */
            attempts: number;
            /**
             * Format: date-time
             * @description When it succeeded or died.
             */
            completed_at: string | null;
            /** Format: date-time */
            created_at: string;
            /** @description `execution.completed`, `step.failed`, …; `webhook.test` for a test. */
            event_type: string;
            /** @description Null for a test. */
            execution_id: string | null;
            /** @description The `webhook-id` of every attempt. */
            id: string;
            /** Format: date-time */
            last_attempt_at: string | null;
            /** @description Why the last attempt failed. */
            last_error: string | null;
            /** @description Null: there was no answer, or no attempt. */
            last_status_code: number | null;
            /**
             * Format: date-time
             * @description When a failed one is tried again.
             */
            next_attempt_at: string | null;
            /** @description Number of the event in its execution; null for a test. */
            seq: number | null;
            /**
             * @description `pending`: not tried yet; `retrying`: it failed, and is tried again; `dead`: it failed for the last time.
             * @enum {string}
             */
            status: "pending" | "retrying" | "succeeded" | "dead";
            webhook_id: string;
        };
        /** @description A delivery with what is sent. */
        WebhookDeliveryWithEvent: {
            /** @description Attempts since it was made, or replayed last. */
            attempts: number;
            /**
             * Format: date-time
             * @description When it succeeded or died.
             */
            completed_at: string | null;
            /** Format: date-time */
            created_at: string;
            /** @description The CloudEvent that is sent (JSON format, version 1.0). */
            event: {
                [key: string]: unknown;
            };
            /** @description `execution.completed`, `step.failed`, …; `webhook.test` for a test. */
            event_type: string;
            /** @description Null for a test. */
            execution_id: string | null;
            /** @description The `webhook-id` of every attempt. */
            id: string;
            /** Format: date-time */
            last_attempt_at: string | null;
            /** @description Why the last attempt failed. */
            last_error: string | null;
            /** @description Null: there was no answer, or no attempt. */
            last_status_code: number | null;
            /**
             * Format: date-time
             * @description When a failed one is tried again.
             */
            next_attempt_at: string | null;
            /** @description Number of the event in its execution; null for a test. */
            seq: number | null;
            /**
             * @description `pending`: not tried yet; `retrying`: it failed, and is tried again; `dead`: it failed for the last time.
             * @enum {string}
             */
            status: "pending" | "retrying" | "succeeded" | "dead";
            webhook_id: string;
        };
        WebhookRequest: {
            /**
             * @description False: it gets nothing until it is turned on.
             * @default true
             */
            active?: boolean;
            description?: string | null;
            /**
             * @description 1 to 32 of `execution.completed`, `step.failed`, …, `execution.*`, `step.*` and `*`, which is all.
             * @default [
             *       "*"
             *     ]
             */
            event_types?: string[];
            /** @description Where events are sent to: https, and http where the operator allows it; a public address, or one that the operator allows. */
            url: string;
            /** @description Only events of executions of this workflow. */
            workflow_id?: string | null;
        };
        /** @description A webhook with its secret. */
        WebhookWithSecret: {
            /** @description False: it gets nothing. */
            active: boolean;
            /** Format: date-time */
            created_at: string;
            description: string | null;
            /**
             * Format: date-time
             * @description Since when it is not active.
             */
            disabled_at: string | null;
            /**
             * @description Why the platform has turned it off: it answered 410, or has failed for too long.
             * @enum {string|null}
             */
            disabled_reason: "gone" | "failing" | null;
            /** @description Types and patterns of the events that it gets. */
            event_types: string[];
            /**
             * Format: date-time
             * @description Its first failure since its last success; leaves `updated_at` as it is.
             */
            failing_since: string | null;
            id: string;
            owner_id: string;
            /**
             * Format: date-time
             * @description Until when it signs with the secret before this one too.
             */
            previous_secret_until: string | null;
            /** @description What it signs with (Standard Webhooks, `whsec_…`), shown this once. */
            secret: string;
            /** Format: date-time */
            updated_at: string;
            /**
             * Format: uri
             * @description Where events are sent to.
             */
            url: string;
            /** @description Only events of executions of this workflow; null: of all of its owner. */
            workflow_id: string | null;
        };
        /** @description A workflow with its current version. */
        Workflow: {
            /** Format: date-time */
            created_at: string;
            /** @description For each step that has any: the steps that must end before it. */
            dependencies: {
                [key: string]: string[];
            };
            description: string | null;
            id: string;
            /** @description Whether others may read and execute it. */
            is_public: boolean;
            /** @description Coins; 0 is no limit. */
            max_cost_budget: number;
            /** @description Seconds. */
            max_execution_time: number;
            name: string;
            /** @description For each key of the result its JSONata expression. */
            outputs: {
                [key: string]: unknown;
            } | null;
            owner_id: string;
            requires_verification: boolean;
            /** @description By id, in the order of the author. */
            steps: {
                [key: string]: components["schemas"]["WorkflowStep"];
            };
            tags: string[];
            /** Format: date-time */
            updated_at: string;
            /** @enum {string} */
            verification_level: "basic" | "full" | "zero-knowledge";
            /** @description Number of the version, from 1. */
            version: number;
            /** @description Of the canonical definition: equal definitions have equal hashes. */
            workflow_hash: string;
        };
        WorkflowRequest: {
            /**
             * @description For each step that has any: the ids of the steps that must end before it. Acyclic.
             * @default {}
             */
            dependencies?: {
                [key: string]: string[];
            };
            description?: string | null;
            /**
             * @description Whether others may read and execute it.
             * @default false
             */
            is_public?: boolean;
            /**
             * @description Coins with at most 8 decimals; 0 is no limit.
             * @default 0
             */
            max_cost_budget?: number;
            /**
             * @description Seconds.
             * @default 3600
             */
            max_execution_time?: number;
            name: string;
            /** @description For each key of the result its JSONata expression; default: the outputs of the steps nobody depends on. */
            outputs?: {
                [key: string]: unknown;
            } | null;
            /**
             * @description `false`: no checks are made, so that receipts have none and state `verified: false`. Not with level `full`.
             * @default true
             */
            requires_verification?: boolean;
            steps: {
                [key: string]: components["schemas"]["StepRequest"];
            };
            /**
             * @description No commas, since lists are filtered by `tags=a,b`.
             * @default []
             */
            tags?: string[];
            /**
             * @description How executions are verified: `basic` or `full` (`zero-knowledge` is refused, since it is not available yet).
             * @default basic
             * @enum {string}
             */
            verification_level?: "basic" | "full" | "zero-knowledge";
        };
        /** @description One step of a workflow. */
        WorkflowStep: {
            /** @description What the step type asks for. */
            config: {
                [key: string]: unknown;
            } | null;
            /** @description JSONata expressions, `{"literal": x}`, or JSON values. */
            input_mappings: {
                [key: string]: unknown;
            } | null;
            /** @description Further attempts after a failed one. */
            max_retries: number;
            /** @description For `inference` and `training`: provider, model, … */
            model_requirements: {
                [key: string]: unknown;
            } | null;
            name: string;
            /** @description As `input_mappings`, over the step's output. */
            output_mappings: {
                [key: string]: unknown;
            } | null;
            requires_proof: boolean;
            retry_policy: {
                /** @description By how much each wait is longer than the one before. */
                backoff_coefficient: number;
                /** @description Milliseconds before the second attempt. */
                initial_interval_ms: number;
                /** @description Whether waits are spread at random. */
                jitter: boolean;
                /** @description Milliseconds that no wait exceeds. */
                maximum_interval_ms: number;
                /** @description Error codes after which the step is not tried again. */
                non_retryable_errors: string[];
            };
            /** @enum {string} */
            step_type: "inference" | "training" | "data_processing" | "verification" | "custom";
            /** @description Seconds that one attempt may take. */
            timeout_seconds: number;
            /**
             * @description Null: that of the execution.
             * @enum {string|null}
             */
            verification_level: "basic" | "full" | "zero-knowledge" | null;
            /** @description JSONata; when it gives `false`, the step is skipped. */
            when: string | null;
        };
        /** @description What is wrong with a workflow. */
        WorkflowValidation: {
            /** @description The chain of steps with the greatest sum of `timeout_seconds`. */
            critical_path: string[] | null;
            /** @description That sum. */
            critical_path_seconds: number | null;
            /** @description What creating it would refuse. */
            errors: components["schemas"]["FieldError"][];
            /** @description Ids of the steps in an order that keeps the dependencies; null without a sound graph. */
            execution_order: string[] | null;
            valid: boolean;
            /** @description What is allowed and most likely a mistake: an expression names a step that its step does not depend on. */
            warnings: components["schemas"]["FieldError"][];
        };
        /** @description One immutable version of a workflow. */
        WorkflowVersion: {
            /**
             * Format: date-time
             * @description When the version was made.
             */
            created_at: string;
            /** @description For each step that has any: the steps that must end before it. */
            dependencies: {
                [key: string]: string[];
            };
            description: string | null;
            /** @description Coins; 0 is no limit. */
            max_cost_budget: number;
            /** @description Seconds. */
            max_execution_time: number;
            name: string;
            /** @description For each key of the result its JSONata expression. */
            outputs: {
                [key: string]: unknown;
            } | null;
            owner_id: string;
            requires_verification: boolean;
            /** @description By id, in the order of the author. */
            steps: {
                [key: string]: components["schemas"]["WorkflowStep"];
            };
            tags: string[];
            /** @enum {string} */
            verification_level: "basic" | "full" | "zero-knowledge";
            /** @description Number of the version, from 1. */
            version: number;
            /** @description Of the canonical definition: equal definitions have equal hashes. */
            workflow_hash: string;
            workflow_id: string;
        };
        /** @description An entry in the list of versions. */
        WorkflowVersionSummary: {
            /** Format: date-time */
            created_at: string;
            name: string;
            /** @description Number of the version, from 1. */
            version: number;
            /** @description Of the canonical definition: equal definitions have equal hashes. */
            workflow_hash: string;
            workflow_id: string;
        };
    };
    responses: {
        /** @description `conflict`: The current state does not allow that. Read the object again and decide anew. */
        conflict: {
            headers: {
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `dependency_unavailable`: A dependency is not available. Try again after Retry-After. */
        dependency_unavailable: {
            headers: {
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "Retry-After": components["headers"]["Retry-After"];
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /**
         * @description `dependency_unavailable`: A dependency is not available. Try again after Retry-After.
         *
         *     `starting`: The process is starting. Try again after Retry-After.
         *
         *     `draining`: The process is stopping. Try again; another process will answer.
         */
        "dependency_unavailable.starting.draining.open": {
            headers: {
                "Retry-After": components["headers"]["Retry-After"];
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `forbidden`: This principal may not do that. Use a key whose role allows the call. */
        forbidden: {
            headers: {
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `internal`: Something went wrong on our side. Report the request id; the log line with it holds the cause. */
        internal: {
            headers: {
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `internal`: Something went wrong on our side. Report the request id; the log line with it holds the cause. */
        "internal.open": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `malformed_request`: The request could not be parsed. Send well-formed JSON and query syntax. */
        malformed_request: {
            headers: {
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `not_found`: There is no such thing here. Check the id; objects of other owners are not visible. */
        not_found: {
            headers: {
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `not_ready`: The result is not there yet. Ask again later, or wait with `wait`. */
        not_ready: {
            headers: {
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `payload_too_large`: The body is too large. Send at most the documented size. */
        payload_too_large: {
            headers: {
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `precondition_failed`: The object has changed meanwhile. Read it again and send its new ETag. */
        precondition_failed: {
            headers: {
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `prover_unavailable`: No zero-knowledge proof can be made here. Use verification level `basic` or `full`, or ask a release that has a prover. */
        prover_unavailable: {
            headers: {
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "Retry-After": components["headers"]["Retry-After"];
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `rate_limited`: Too many requests. Wait as long as Retry-After says. */
        rate_limited: {
            headers: {
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "Retry-After": components["headers"]["Retry-After"];
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `unauthenticated`: Credentials are missing or not valid. Send a valid key in X-Api-Key. */
        unauthenticated: {
            headers: {
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `unsupported_media_type`: That media type is not accepted. Send application/json in UTF-8. */
        unsupported_media_type: {
            headers: {
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `validation_failed`: Some fields are not valid. Mend the fields that `errors` points to. */
        validation_failed: {
            headers: {
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
    };
    parameters: {
        /** @description Makes a repeat safe: for 24 h the same key with the same body gets the first answer again. With another body it is 422, while the first is in flight 409. A request that was refused or failed created nothing, and its key may be used again. */
        IdempotencyKey: string;
        /** @description The ETag of the version that is to be changed; 412 when the object has another one by now. */
        IfMatch: string;
        /** @description Id of the request, echoed and logged; one is made when it is absent or not of this form. */
        RequestId: string;
    };
    requestBodies: never;
    headers: {
        /** @description The version of the object, for `If-Match`. */
        ETag: string;
        /** @description `true`: a repeat, which did nothing and gets the first answer. */
        "Idempotency-Replayed": "true";
        /** @description Path of the object. */
        Location: string;
        /** @description How many requests are left in the window, and in how many seconds it ends. */
        RateLimit: string;
        /** @description How many requests a window has, and its seconds. */
        "RateLimit-Policy": string;
        /** @description Seconds after which to try again. */
        "Retry-After": number;
        /** @description Id of the request. */
        "X-Request-Id": string;
        /** @description Number of all matches; only with `count=true`. */
        "X-Total-Count": number;
    };
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    getPublicKeys: {
        parameters: {
            query?: never;
            header?: {
                /** @description Id of the request, echoed and logged; one is made when it is absent or not of this form. */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A JWK set (RFC 7517). */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/jwk-set+json": {
                        keys: {
                            [key: string]: unknown;
                        }[];
                    };
                };
            };
            500: components["responses"]["internal.open"];
        };
    };
    listAgents: {
        parameters: {
            query?: {
                capability?: string;
                /** @description Whether to answer the total in `X-Total-Count`, which costs a count in the database. */
                count?: boolean;
                /** @description `next_cursor` of the page before. */
                cursor?: string;
                /** @description Without it, all but the retired ones. */
                lifecycle?: "registered" | "active" | "suspended" | "retired";
                /** @description Most items of the answer, 1..200. */
                limit?: number;
                /** @description How many items to skip, for older clients; ignored with a cursor. */
                offset?: number;
                /** @description Only agents whose status now is not `offline`. */
                online_only?: boolean;
                /** @description The status now, which is `offline` for agents that have been silent for too long. */
                status?: "available" | "busy" | "offline" | "maintenance";
            };
            header?: {
                /** @description Id of the request, echoed and logged; one is made when it is absent or not of this form. */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description By id. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Total-Count": components["headers"]["X-Total-Count"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Agent"][];
                        /** @description Send it as `cursor` to read on; null on the last page. */
                        next_cursor: string | null;
                    };
                };
            };
            400: components["responses"]["malformed_request"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            422: components["responses"]["validation_failed"];
            429: components["responses"]["rate_limited"];
            500: components["responses"]["internal"];
        };
    };
    getAgent: {
        parameters: {
            query?: never;
            header?: {
                /** @description Id of the request, echoed and logged; one is made when it is absent or not of this form. */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Id of an agent. */
                agent_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The agent. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Agent"];
                };
            };
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            429: components["responses"]["rate_limited"];
            500: components["responses"]["internal"];
        };
    };
    deleteAgent: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag of the version that is to be changed; 412 when the object has another one by now. */
                "If-Match"?: components["parameters"]["IfMatch"];
                /** @description Id of the request, echoed and logged; one is made when it is absent or not of this form. */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Id of an agent. */
                agent_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is retired. */
            204: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            412: components["responses"]["precondition_failed"];
            429: components["responses"]["rate_limited"];
            500: components["responses"]["internal"];
        };
    };
    updateAgent: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag of the version that is to be changed; 412 when the object has another one by now. */
                "If-Match"?: components["parameters"]["IfMatch"];
                /** @description Id of the request, echoed and logged; one is made when it is absent or not of this form. */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Id of an agent. */
                agent_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["PatchAgentRequest"];
            };
        };
        responses: {
            /** @description The agent. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Agent"];
                };
            };
            400: components["responses"]["malformed_request"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            409: components["responses"]["conflict"];
            412: components["responses"]["precondition_failed"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            422: components["responses"]["validation_failed"];
            429: components["responses"]["rate_limited"];
            500: components["responses"]["internal"];
        };
    };
    activateAgent: {
        parameters: {
            query?: never;
            header?: {
                /** @description Id of the request, echoed and logged; one is made when it is absent or not of this form. */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Id of an agent. */
                agent_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The agent. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Agent"];
                };
            };
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            409: components["responses"]["conflict"];
            429: components["responses"]["rate_limited"];
            500: components["responses"]["internal"];
        };
    };
    sendAgentHeartbeat: {
        parameters: {
            query?: never;
            header?: {
                /** @description Id of the request, echoed and logged; one is made when it is absent or not of this form. */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Id of an agent. */
                agent_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["AgentHeartbeatRequest"];
            };
        };
        responses: {
            /** @description Heard. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description When to send the next one. */
                        next_heartbeat_seconds: number;
                        /** @description Always true. */
                        success: boolean;
                    };
                };
            };
            400: components["responses"]["malformed_request"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            409: components["responses"]["conflict"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            422: components["responses"]["validation_failed"];
            429: components["responses"]["rate_limited"];
            500: components["responses"]["internal"];
        };
    };
    getAgentProfile: {
        parameters: {
            query?: never;
            header?: {
                /** @description Id of the request, echoed and logged; one is made when it is absent or not of this form. */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Id of an agent. */
                agent_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The agent with its last report. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AgentProfile"];
                };
            };
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            429: components["responses"]["rate_limited"];
            500: components["responses"]["internal"];
        };
    };
    retireAgent: {
        parameters: {
            query?: never;
            header?: {
                /** @description Id of the request, echoed and logged; one is made when it is absent or not of this form. */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Id of an agent. */
                agent_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The agent. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Agent"];
                };
            };
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            429: components["responses"]["rate_limited"];
            500: components["responses"]["internal"];
        };
    };
    setAgentStatus: {
        parameters: {
            query?: never;
            header?: {
                /** @description Id of the request, echoed and logged; one is made when it is absent or not of this form. */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Id of an agent. */
                agent_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AgentStatusRequest"];
            };
        };
        responses: {
            /** @description The agent. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Agent"];
                };
            };
            400: components["responses"]["malformed_request"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            409: components["responses"]["conflict"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            422: components["responses"]["validation_failed"];
            429: components["responses"]["rate_limited"];
            500: components["responses"]["internal"];
        };
    };
    suspendAgent: {
        parameters: {
            query?: never;
            header?: {
                /** @description Id of the request, echoed and logged; one is made when it is absent or not of this form. */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Id of an agent. */
                agent_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The agent. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Agent"];
                };
            };
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            409: components["responses"]["conflict"];
            429: components["responses"]["rate_limited"];
            500: components["responses"]["internal"];
        };
    };
    registerAgent: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes a repeat safe: for 24 h the same key with the same body gets the first answer again. With another body it is 422, while the first is in flight 409. A request that was refused or failed created nothing, and its key may be used again. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description Id of the request, echoed and logged; one is made when it is absent or not of this form. */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RegisterAgentRequest"];
            };
        };
        responses: {
            /** @description The agent. */
            201: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    Location: components["headers"]["Location"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        agent: components["schemas"]["Agent"];
                        /** @description Always true. */
                        success: boolean;
                    };
                };
            };
            400: components["responses"]["malformed_request"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            409: components["responses"]["conflict"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            422: components["responses"]["validation_failed"];
            429: components["responses"]["rate_limited"];
            500: components["responses"]["internal"];
        };
    };
    findAgent: {
        parameters: {
            query?: never;
            header?: {
                /** @description Id of the request, echoed and logged; one is made when it is absent or not of this form. */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Id of an agent. */
                agent_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Retired ones too. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AgentSummary"];
                };
            };
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            429: components["responses"]["rate_limited"];
            500: components["responses"]["internal"];
        };
    };
    countAgents: {
        parameters: {
            query?: never;
            header?: {
                /** @description Id of the request, echoed and logged; one is made when it is absent or not of this form. */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Of all owners. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        active: number;
                        online: number;
                        registered: number;
                    };
                };
            };
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            429: components["responses"]["rate_limited"];
            500: components["responses"]["internal"];
        };
    };
    listPublicReceipts: {
        parameters: {
            query?: {
                /** @description Only those whose ids come before this one. */
                before?: string;
                /** @description Whether to count all of them. */
                count?: boolean;
                /** @description Most receipts of the answer: what a page of the explorer may skip and show, and one more. */
                limit?: number;
            };
            header?: {
                /** @description Id of the request, echoed and logged; one is made when it is absent or not of this form. */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Newest first. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["ExecutionReceiptSummary"][];
                        /** @description All of them, if it was asked for. */
                        total: number | null;
                    };
                };
            };
            400: components["responses"]["malformed_request"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            422: components["responses"]["validation_failed"];
            429: components["responses"]["rate_limited"];
            500: components["responses"]["internal"];
        };
    };
    listEvents: {
        parameters: {
            query?: {
                /** @description Where to read on: `next_cursor`, or the `id` of an event of the stream. `0` is the beginning. Without it a page begins there, and a stream with what comes from now on. `Last-Event-ID` counts more. */
                after?: string;
                /** @description Most items of a page. */
                limit?: number;
                /** @description Whose executions; others than one's own for admins only, who see all without it. */
                owner_id?: string;
                /** @description `type=execution.completed,execution.failed`: events of these types. */
                type?: string[];
                workflow_id?: string;
            };
            header?: {
                /** @description The same as `after`. Event sources send it by themselves. */
                "Last-Event-ID"?: string;
                /** @description Id of the request, echoed and logged; one is made when it is absent or not of this form. */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page: there may be more although it is not full. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["CloudEvent"][];
                        /** @description Send it as `after` to read on. Never null: the feed has no end. */
                        next_cursor: string;
                    };
                    "text/event-stream": string;
                };
            };
            400: components["responses"]["malformed_request"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            422: components["responses"]["validation_failed"];
            429: components["responses"]["rate_limited"];
            500: components["responses"]["internal"];
        };
    };
    listExecutions: {
        parameters: {
            query?: {
                /** @description Whether to answer the total in `X-Total-Count`, which costs a count in the database. */
                count?: boolean;
                /** @description `next_cursor` of the page before. */
                cursor?: string;
                /** @description Most items of the answer, 1..200. */
                limit?: number;
                /** @description How many items to skip, for older clients; ignored with a cursor. */
                offset?: number;
                status?: "pending" | "running" | "waiting" | "paused" | "completed" | "failed" | "cancelled";
                workflow_id?: string;
            };
            header?: {
                /** @description Id of the request, echoed and logged; one is made when it is absent or not of this form. */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description By id. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Total-Count": components["headers"]["X-Total-Count"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["ExecutionSummary"][];
                        /** @description Send it as `cursor` to read on; null on the last page. */
                        next_cursor: string | null;
                    };
                };
            };
            400: components["responses"]["malformed_request"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            422: components["responses"]["validation_failed"];
            429: components["responses"]["rate_limited"];
            500: components["responses"]["internal"];
        };
    };
    getExecution: {
        parameters: {
            query?: {
                /** @description An `event_seq` that was answered before; by default the newest of now. */
                since?: number;
                /** @description `final`: waits for the end alone, whatever happens before it. */
                until?: "final";
                /** @description Seconds to wait for an event after `since`. */
                wait?: number;
            };
            header?: {
                /** @description Id of the request, echoed and logged; one is made when it is absent or not of this form. */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Id of an execution. */
                execution_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One execution */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Execution"];
                };
            };
            400: components["responses"]["malformed_request"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            422: components["responses"]["validation_failed"];
            429: components["responses"]["rate_limited"];
            500: components["responses"]["internal"];
        };
    };
    cancelExecution: {
        parameters: {
            query?: never;
            header?: {
                /** @description Id of the request, echoed and logged; one is made when it is absent or not of this form. */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Id of an execution. */
                execution_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["ReasonRequest"];
            };
        };
        responses: {
            /** @description The execution, cancelled. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Execution"];
                };
            };
            400: components["responses"]["malformed_request"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            409: components["responses"]["conflict"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            422: components["responses"]["validation_failed"];
            429: components["responses"]["rate_limited"];
            500: components["responses"]["internal"];
        };
    };
    getExecutionCost: {
        parameters: {
            query?: never;
            header?: {
                /** @description Id of the request, echoed and logged; one is made when it is absent or not of this form. */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Id of an execution. */
                execution_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What each attempt of its steps has cost, and why */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExecutionCost"];
                };
            };
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            429: components["responses"]["rate_limited"];
            500: components["responses"]["internal"];
        };
    };
    followExecution: {
        parameters: {
            query?: {
                /** @description Number of the last event that is known; for clients that cannot send `Last-Event-ID`, which counts more. */
                after?: number;
            };
            header?: {
                /** @description Number of the last event that was read: the stream goes on after it. Event sources send it by themselves. */
                "Last-Event-ID"?: string;
                /** @description Id of the request, echoed and logged; one is made when it is absent or not of this form. */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Id of an execution. */
                execution_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The events, from the first one on. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": string;
                };
            };
            /** @description There will be no event after that one. */
            204: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["malformed_request"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            422: components["responses"]["validation_failed"];
            429: components["responses"]["rate_limited"];
            500: components["responses"]["internal"];
        };
    };
    getExecutionLogs: {
        parameters: {
            query?: never;
            header?: {
                /** @description Id of the request, echoed and logged; one is made when it is absent or not of this form. */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Id of an execution. */
                execution_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What happened in its steps */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExecutionLogs"];
                };
            };
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            429: components["responses"]["rate_limited"];
            500: components["responses"]["internal"];
        };
    };
    pauseExecution: {
        parameters: {
            query?: never;
            header?: {
                /** @description Id of the request, echoed and logged; one is made when it is absent or not of this form. */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Id of an execution. */
                execution_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["ReasonRequest"];
            };
        };
        responses: {
            /** @description The execution, paused. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Execution"];
                };
            };
            400: components["responses"]["malformed_request"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            409: components["responses"]["conflict"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            422: components["responses"]["validation_failed"];
            429: components["responses"]["rate_limited"];
            500: components["responses"]["internal"];
        };
    };
    getExecutionReceipt: {
        parameters: {
            query?: never;
            header?: {
                /** @description Id of the request, echoed and logged; one is made when it is absent or not of this form. */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Id of an execution. */
                execution_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The same one, whenever it is asked for. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExecutionReceipt"];
                };
            };
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            425: components["responses"]["not_ready"];
            429: components["responses"]["rate_limited"];
            500: components["responses"]["internal"];
            503: components["responses"]["prover_unavailable"];
        };
    };
    getStepReceipt: {
        parameters: {
            query?: never;
            header?: {
                /** @description Id of the request, echoed and logged; one is made when it is absent or not of this form. */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Id of an execution. */
                execution_id: string;
                /** @description Id of a step of its workflow. */
                step_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The entry and its inclusion proof. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StepReceipt"];
                };
            };
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            425: components["responses"]["not_ready"];
            429: components["responses"]["rate_limited"];
            500: components["responses"]["internal"];
            503: components["responses"]["prover_unavailable"];
        };
    };
    resumeExecution: {
        parameters: {
            query?: never;
            header?: {
                /** @description Id of the request, echoed and logged; one is made when it is absent or not of this form. */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Id of an execution. */
                execution_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The execution, resumed. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Execution"];
                };
            };
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            409: components["responses"]["conflict"];
            429: components["responses"]["rate_limited"];
            500: components["responses"]["internal"];
        };
    };
    retryExecution: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes a repeat safe: for 24 h the same key with the same body gets the first answer again. With another body it is 422, while the first is in flight 409. A request that was refused or failed created nothing, and its key may be used again. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description Id of the request, echoed and logged; one is made when it is absent or not of this form. */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Id of an execution. */
                execution_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["RetryRequest"];
            };
        };
        responses: {
            /** @description The new execution. */
            202: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    Location: components["headers"]["Location"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StartedExecution"];
                };
            };
            400: components["responses"]["malformed_request"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            409: components["responses"]["conflict"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            422: components["responses"]["validation_failed"];
            429: components["responses"]["rate_limited"];
            500: components["responses"]["internal"];
        };
    };
    sendSignal: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes a repeat safe: for 24 h the same key with the same body gets the first answer again. With another body it is 422, while the first is in flight 409. A request that was refused or failed created nothing, and its key may be used again. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description Id of the request, echoed and logged; one is made when it is absent or not of this form. */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Id of an execution. */
                execution_id: string;
                /** @description Name of a signal: a letter, then up to 63 of `A-Za-z0-9_.:-`. */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["SignalRequest"];
            };
        };
        responses: {
            /** @description It is kept. */
            202: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExecutionSignal"];
                };
            };
            400: components["responses"]["malformed_request"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            409: components["responses"]["conflict"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            422: components["responses"]["validation_failed"];
            429: components["responses"]["rate_limited"];
            500: components["responses"]["internal"];
        };
    };
    getExecutionStatus: {
        parameters: {
            query?: {
                /** @description An `event_seq` that was answered before; by default the newest of now. */
                since?: number;
                /** @description `final`: waits for the end alone, whatever happens before it. */
                until?: "final";
                /** @description Seconds to wait for an event after `since`. */
                wait?: number;
            };
            header?: {
                /** @description Id of the request, echoed and logged; one is made when it is absent or not of this form. */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Id of an execution. */
                execution_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The same as without `/status` */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Execution"];
                };
            };
            400: components["responses"]["malformed_request"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            422: components["responses"]["validation_failed"];
            429: components["responses"]["rate_limited"];
            500: components["responses"]["internal"];
        };
    };
    cancelExecutions: {
        parameters: {
            query?: never;
            header?: {
                /** @description Id of the request, echoed and logged; one is made when it is absent or not of this form. */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["BulkCancelRequest"];
            };
        };
        responses: {
            /** @description The counts. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BulkCancellation"];
                };
            };
            400: components["responses"]["malformed_request"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            422: components["responses"]["validation_failed"];
            429: components["responses"]["rate_limited"];
            500: components["responses"]["internal"];
        };
    };
    retryExecutions: {
        parameters: {
            query?: never;
            header?: {
                /** @description Id of the request, echoed and logged; one is made when it is absent or not of this form. */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["BulkRequest"];
            };
        };
        responses: {
            /** @description The counts. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BulkRetry"];
                };
            };
            400: components["responses"]["malformed_request"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            422: components["responses"]["validation_failed"];
            429: components["responses"]["rate_limited"];
            500: components["responses"]["internal"];
        };
    };
    listNetworks: {
        parameters: {
            query?: {
                /** @description Whether to answer the total in `X-Total-Count`, which costs a count in the database. */
                count?: boolean;
                /** @description `next_cursor` of the page before. */
                cursor?: string;
                /** @description Most items of the answer, 1..200. */
                limit?: number;
                /** @description How many items to skip, for older clients; ignored with a cursor. */
                offset?: number;
            };
            header?: {
                /** @description Id of the request, echoed and logged; one is made when it is absent or not of this form. */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description By id. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Total-Count": components["headers"]["X-Total-Count"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Network"][];
                        /** @description Send it as `cursor` to read on; null on the last page. */
                        next_cursor: string | null;
                    };
                };
            };
            400: components["responses"]["malformed_request"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            422: components["responses"]["validation_failed"];
            429: components["responses"]["rate_limited"];
            500: components["responses"]["internal"];
        };
    };
    createNetwork: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes a repeat safe: for 24 h the same key with the same body gets the first answer again. With another body it is 422, while the first is in flight 409. A request that was refused or failed created nothing, and its key may be used again. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description Id of the request, echoed and logged; one is made when it is absent or not of this form. */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NetworkRequest"];
            };
        };
        responses: {
            /** @description The network. */
            201: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    Location: components["headers"]["Location"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Network"];
                };
            };
            400: components["responses"]["malformed_request"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            409: components["responses"]["conflict"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            422: components["responses"]["validation_failed"];
            429: components["responses"]["rate_limited"];
            500: components["responses"]["internal"];
        };
    };
    getNetwork: {
        parameters: {
            query?: never;
            header?: {
                /** @description Id of the request, echoed and logged; one is made when it is absent or not of this form. */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Id of a network. */
                network_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The network. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Network"];
                };
            };
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            429: components["responses"]["rate_limited"];
            500: components["responses"]["internal"];
        };
    };
    deleteNetwork: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag of the version that is to be changed; 412 when the object has another one by now. */
                "If-Match"?: components["parameters"]["IfMatch"];
                /** @description Id of the request, echoed and logged; one is made when it is absent or not of this form. */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Id of a network. */
                network_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is gone. */
            204: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            412: components["responses"]["precondition_failed"];
            429: components["responses"]["rate_limited"];
            500: components["responses"]["internal"];
        };
    };
    updateNetwork: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag of the version that is to be changed; 412 when the object has another one by now. */
                "If-Match"?: components["parameters"]["IfMatch"];
                /** @description Id of the request, echoed and logged; one is made when it is absent or not of this form. */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Id of a network. */
                network_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["PatchNetworkRequest"];
            };
        };
        responses: {
            /** @description The network. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Network"];
                };
            };
            400: components["responses"]["malformed_request"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            412: components["responses"]["precondition_failed"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            422: components["responses"]["validation_failed"];
            429: components["responses"]["rate_limited"];
            500: components["responses"]["internal"];
        };
    };
    verifyReceipt: {
        parameters: {
            query?: never;
            header?: {
                /** @description Id of the request, echoed and logged; one is made when it is absent or not of this form. */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["VerifyReceiptRequest"];
            };
        };
        responses: {
            /** @description What was checked, and how it came out. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReceiptVerification"];
                };
            };
            400: components["responses"]["malformed_request"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            422: components["responses"]["validation_failed"];
            429: components["responses"]["rate_limited"];
            500: components["responses"]["internal"];
        };
    };
    listServices: {
        parameters: {
            query?: never;
            header?: {
                /** @description Id of the request, echoed and logged; one is made when it is absent or not of this form. */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All of them, on one page. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Total-Count": components["headers"]["X-Total-Count"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Service"][];
                        /** @description Send it as `cursor` to read on; null on the last page. */
                        next_cursor: string | null;
                    };
                };
            };
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            429: components["responses"]["rate_limited"];
            500: components["responses"]["internal"];
        };
    };
    submitServiceJob: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes a repeat safe: for 24 h the same key with the same body gets the first answer again. With another body it is 422, while the first is in flight 409. A request that was refused or failed created nothing, and its key may be used again. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description Id of the request, echoed and logged; one is made when it is absent or not of this form. */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description A kind of job. */
                type: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    [key: string]: unknown;
                };
            };
        };
        responses: {
            /** @description The job. */
            201: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    Location: components["headers"]["Location"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ServiceJob"];
                };
            };
            400: components["responses"]["malformed_request"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            409: components["responses"]["conflict"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            422: components["responses"]["validation_failed"];
            429: components["responses"]["rate_limited"];
            500: components["responses"]["internal"];
            503: components["responses"]["dependency_unavailable"];
        };
    };
    getServiceRequestSchema: {
        parameters: {
            query?: never;
            header?: {
                /** @description Id of the request, echoed and logged; one is made when it is absent or not of this form. */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description A kind of job. */
                type: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The schema of its requests. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            429: components["responses"]["rate_limited"];
            500: components["responses"]["internal"];
        };
    };
    submitBlenderRender: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes a repeat safe: for 24 h the same key with the same body gets the first answer again. With another body it is 422, while the first is in flight 409. A request that was refused or failed created nothing, and its key may be used again. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description Id of the request, echoed and logged; one is made when it is absent or not of this form. */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    [key: string]: unknown;
                };
            };
        };
        responses: {
            /** @description The job. */
            201: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    Location: components["headers"]["Location"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ServiceJob"];
                };
            };
            400: components["responses"]["malformed_request"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            409: components["responses"]["conflict"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            422: components["responses"]["validation_failed"];
            429: components["responses"]["rate_limited"];
            500: components["responses"]["internal"];
            503: components["responses"]["dependency_unavailable"];
        };
    };
    submitFfmpegTranscode: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes a repeat safe: for 24 h the same key with the same body gets the first answer again. With another body it is 422, while the first is in flight 409. A request that was refused or failed created nothing, and its key may be used again. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description Id of the request, echoed and logged; one is made when it is absent or not of this form. */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    [key: string]: unknown;
                };
            };
        };
        responses: {
            /** @description The job. */
            201: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    Location: components["headers"]["Location"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ServiceJob"];
                };
            };
            400: components["responses"]["malformed_request"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            409: components["responses"]["conflict"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            422: components["responses"]["validation_failed"];
            429: components["responses"]["rate_limited"];
            500: components["responses"]["internal"];
            503: components["responses"]["dependency_unavailable"];
        };
    };
    getServiceJob: {
        parameters: {
            query?: never;
            header?: {
                /** @description Id of the request, echoed and logged; one is made when it is absent or not of this form. */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Id of a job. */
                job_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The job, finished or not. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ServiceJobOutcome"];
                };
            };
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            429: components["responses"]["rate_limited"];
            500: components["responses"]["internal"];
        };
    };
    followServiceJob: {
        parameters: {
            query?: never;
            header?: {
                /** @description `id` of the last `token` that was read: the stream goes on after it. */
                "Last-Event-ID"?: string;
                /** @description Id of the request, echoed and logged; one is made when it is absent or not of this form. */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Id of a job. */
                job_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The text, and the end of the job. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": string;
                };
            };
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            429: components["responses"]["rate_limited"];
            500: components["responses"]["internal"];
            503: components["responses"]["dependency_unavailable"];
        };
    };
    submitLlmInference: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes a repeat safe: for 24 h the same key with the same body gets the first answer again. With another body it is 422, while the first is in flight 409. A request that was refused or failed created nothing, and its key may be used again. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description Id of the request, echoed and logged; one is made when it is absent or not of this form. */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    [key: string]: unknown;
                };
            };
        };
        responses: {
            /** @description The job. */
            201: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    Location: components["headers"]["Location"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ServiceJob"];
                };
            };
            400: components["responses"]["malformed_request"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            409: components["responses"]["conflict"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            422: components["responses"]["validation_failed"];
            429: components["responses"]["rate_limited"];
            500: components["responses"]["internal"];
            503: components["responses"]["dependency_unavailable"];
        };
    };
    streamLlm: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes a repeat safe: for 24 h the same key with the same body gets the first answer again. With another body it is 422, while the first is in flight 409. A request that was refused or failed created nothing, and its key may be used again. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description `id` of the last `token` that was read: the stream goes on after it. */
                "Last-Event-ID"?: string;
                /** @description Id of the request, echoed and logged; one is made when it is absent or not of this form. */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    [key: string]: unknown;
                };
            };
        };
        responses: {
            /** @description The text while it comes. */
            200: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    Location: components["headers"]["Location"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": string;
                };
            };
            400: components["responses"]["malformed_request"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            409: components["responses"]["conflict"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            422: components["responses"]["validation_failed"];
            429: components["responses"]["rate_limited"];
            500: components["responses"]["internal"];
            503: components["responses"]["dependency_unavailable"];
        };
    };
    submitStableDiffusionGenerate: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes a repeat safe: for 24 h the same key with the same body gets the first answer again. With another body it is 422, while the first is in flight 409. A request that was refused or failed created nothing, and its key may be used again. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description Id of the request, echoed and logged; one is made when it is absent or not of this form. */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    [key: string]: unknown;
                };
            };
        };
        responses: {
            /** @description The job. */
            201: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    Location: components["headers"]["Location"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ServiceJob"];
                };
            };
            400: components["responses"]["malformed_request"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            409: components["responses"]["conflict"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            422: components["responses"]["validation_failed"];
            429: components["responses"]["rate_limited"];
            500: components["responses"]["internal"];
            503: components["responses"]["dependency_unavailable"];
        };
    };
    submitStableDiffusionImg2img: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes a repeat safe: for 24 h the same key with the same body gets the first answer again. With another body it is 422, while the first is in flight 409. A request that was refused or failed created nothing, and its key may be used again. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description Id of the request, echoed and logged; one is made when it is absent or not of this form. */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    [key: string]: unknown;
                };
            };
        };
        responses: {
            /** @description The job. */
            201: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    Location: components["headers"]["Location"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ServiceJob"];
                };
            };
            400: components["responses"]["malformed_request"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            409: components["responses"]["conflict"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            422: components["responses"]["validation_failed"];
            429: components["responses"]["rate_limited"];
            500: components["responses"]["internal"];
            503: components["responses"]["dependency_unavailable"];
        };
    };
    submitTextAnalysis: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes a repeat safe: for 24 h the same key with the same body gets the first answer again. With another body it is 422, while the first is in flight 409. A request that was refused or failed created nothing, and its key may be used again. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description Id of the request, echoed and logged; one is made when it is absent or not of this form. */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    [key: string]: unknown;
                };
            };
        };
        responses: {
            /** @description The job. */
            201: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    Location: components["headers"]["Location"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ServiceJob"];
                };
            };
            400: components["responses"]["malformed_request"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            409: components["responses"]["conflict"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            422: components["responses"]["validation_failed"];
            429: components["responses"]["rate_limited"];
            500: components["responses"]["internal"];
            503: components["responses"]["dependency_unavailable"];
        };
    };
    submitWhisperTranscribe: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes a repeat safe: for 24 h the same key with the same body gets the first answer again. With another body it is 422, while the first is in flight 409. A request that was refused or failed created nothing, and its key may be used again. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description Id of the request, echoed and logged; one is made when it is absent or not of this form. */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    [key: string]: unknown;
                };
            };
        };
        responses: {
            /** @description The job. */
            201: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    Location: components["headers"]["Location"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ServiceJob"];
                };
            };
            400: components["responses"]["malformed_request"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            409: components["responses"]["conflict"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            422: components["responses"]["validation_failed"];
            429: components["responses"]["rate_limited"];
            500: components["responses"]["internal"];
            503: components["responses"]["dependency_unavailable"];
        };
    };
    submitWhisperTranslate: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes a repeat safe: for 24 h the same key with the same body gets the first answer again. With another body it is 422, while the first is in flight 409. A request that was refused or failed created nothing, and its key may be used again. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description Id of the request, echoed and logged; one is made when it is absent or not of this form. */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    [key: string]: unknown;
                };
            };
        };
        responses: {
            /** @description The job. */
            201: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    Location: components["headers"]["Location"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ServiceJob"];
                };
            };
            400: components["responses"]["malformed_request"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            409: components["responses"]["conflict"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            422: components["responses"]["validation_failed"];
            429: components["responses"]["rate_limited"];
            500: components["responses"]["internal"];
            503: components["responses"]["dependency_unavailable"];
        };
    };
    getAgentStats: {
        parameters: {
            query?: never;
            header?: {
                /** @description Id of the request, echoed and logged; one is made when it is absent or not of this form. */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The figures as of the moment that they name. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AgentStats"];
                };
            };
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            429: components["responses"]["rate_limited"];
            500: components["responses"]["internal"];
        };
    };
    listWebhooks: {
        parameters: {
            query?: {
                /** @description Whether to answer the total in `X-Total-Count`, which costs a count in the database. */
                count?: boolean;
                /** @description `next_cursor` of the page before. */
                cursor?: string;
                /** @description Most items of the answer, 1..200. */
                limit?: number;
                /** @description How many items to skip, for older clients; ignored with a cursor. */
                offset?: number;
            };
            header?: {
                /** @description Id of the request, echoed and logged; one is made when it is absent or not of this form. */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description By id, newest first. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Total-Count": components["headers"]["X-Total-Count"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Webhook"][];
                        /** @description Send it as `cursor` to read on; null on the last page. */
                        next_cursor: string | null;
                    };
                };
            };
            400: components["responses"]["malformed_request"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            422: components["responses"]["validation_failed"];
            429: components["responses"]["rate_limited"];
            500: components["responses"]["internal"];
        };
    };
    createWebhook: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes a repeat safe: for 24 h the same key with the same body gets the first answer again. With another body it is 422, while the first is in flight 409. A request that was refused or failed created nothing, and its key may be used again. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description Id of the request, echoed and logged; one is made when it is absent or not of this form. */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WebhookRequest"];
            };
        };
        responses: {
            /** @description The webhook with its secret. */
            201: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    Location: components["headers"]["Location"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookWithSecret"];
                };
            };
            400: components["responses"]["malformed_request"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            409: components["responses"]["conflict"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            422: components["responses"]["validation_failed"];
            429: components["responses"]["rate_limited"];
            500: components["responses"]["internal"];
        };
    };
    getWebhook: {
        parameters: {
            query?: never;
            header?: {
                /** @description Id of the request, echoed and logged; one is made when it is absent or not of this form. */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Id of a webhook. */
                webhook_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The webhook. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Webhook"];
                };
            };
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            429: components["responses"]["rate_limited"];
            500: components["responses"]["internal"];
        };
    };
    deleteWebhook: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag of the version that is to be changed; 412 when the object has another one by now. */
                "If-Match"?: components["parameters"]["IfMatch"];
                /** @description Id of the request, echoed and logged; one is made when it is absent or not of this form. */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Id of a webhook. */
                webhook_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is gone. */
            204: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            412: components["responses"]["precondition_failed"];
            429: components["responses"]["rate_limited"];
            500: components["responses"]["internal"];
        };
    };
    updateWebhook: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag of the version that is to be changed; 412 when the object has another one by now. */
                "If-Match"?: components["parameters"]["IfMatch"];
                /** @description Id of the request, echoed and logged; one is made when it is absent or not of this form. */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Id of a webhook. */
                webhook_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["PatchWebhookRequest"];
            };
        };
        responses: {
            /** @description The webhook. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Webhook"];
                };
            };
            400: components["responses"]["malformed_request"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            412: components["responses"]["precondition_failed"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            422: components["responses"]["validation_failed"];
            429: components["responses"]["rate_limited"];
            500: components["responses"]["internal"];
        };
    };
    listWebhookDeliveries: {
        parameters: {
            query?: {
                /** @description Whether to answer the total in `X-Total-Count`, which costs a count in the database. */
                count?: boolean;
                /** @description `next_cursor` of the page before. */
                cursor?: string;
                /** @description Only events of this execution, those first that happened last. */
                execution_id?: string;
                /** @description Most items of the answer, 1..200. */
                limit?: number;
                /** @description How many items to skip, for older clients; ignored with a cursor. */
                offset?: number;
                status?: "pending" | "retrying" | "succeeded" | "dead";
            };
            header?: {
                /** @description Id of the request, echoed and logged; one is made when it is absent or not of this form. */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Id of a webhook. */
                webhook_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description By id, newest first. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Total-Count": components["headers"]["X-Total-Count"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["WebhookDelivery"][];
                        /** @description Send it as `cursor` to read on; null on the last page. */
                        next_cursor: string | null;
                    };
                };
            };
            400: components["responses"]["malformed_request"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            422: components["responses"]["validation_failed"];
            429: components["responses"]["rate_limited"];
            500: components["responses"]["internal"];
        };
    };
    getWebhookDelivery: {
        parameters: {
            query?: never;
            header?: {
                /** @description Id of the request, echoed and logged; one is made when it is absent or not of this form. */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Id of a delivery. */
                delivery_id: string;
                /** @description Id of a webhook. */
                webhook_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The delivery. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookDeliveryWithEvent"];
                };
            };
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            429: components["responses"]["rate_limited"];
            500: components["responses"]["internal"];
        };
    };
    replayWebhookDelivery: {
        parameters: {
            query?: never;
            header?: {
                /** @description Id of the request, echoed and logged; one is made when it is absent or not of this form. */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Id of a delivery. */
                delivery_id: string;
                /** @description Id of a webhook. */
                webhook_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The delivery, which is not done yet. */
            202: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookDelivery"];
                };
            };
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            429: components["responses"]["rate_limited"];
            500: components["responses"]["internal"];
        };
    };
    replayWebhook: {
        parameters: {
            query?: never;
            header?: {
                /** @description Id of the request, echoed and logged; one is made when it is absent or not of this form. */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Id of a webhook. */
                webhook_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["ReplayRequest"];
            };
        };
        responses: {
            /** @description How many are sent again. */
            202: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Send it as `after` to go on; null when there are no more. */
                        next_after: string | null;
                        replayed: number;
                    };
                };
            };
            400: components["responses"]["malformed_request"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            422: components["responses"]["validation_failed"];
            429: components["responses"]["rate_limited"];
            500: components["responses"]["internal"];
        };
    };
    rotateWebhookSecret: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes a repeat safe: for 24 h the same key with the same body gets the first answer again. With another body it is 422, while the first is in flight 409. A request that was refused or failed created nothing, and its key may be used again. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description Id of the request, echoed and logged; one is made when it is absent or not of this form. */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Id of a webhook. */
                webhook_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["RotateSecretRequest"];
            };
        };
        responses: {
            /** @description The webhook with its new secret. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookWithSecret"];
                };
            };
            400: components["responses"]["malformed_request"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            409: components["responses"]["conflict"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            422: components["responses"]["validation_failed"];
            429: components["responses"]["rate_limited"];
            500: components["responses"]["internal"];
        };
    };
    testWebhook: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes a repeat safe: for 24 h the same key with the same body gets the first answer again. With another body it is 422, while the first is in flight 409. A request that was refused or failed created nothing, and its key may be used again. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description Id of the request, echoed and logged; one is made when it is absent or not of this form. */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Id of a webhook. */
                webhook_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The delivery, which is not done yet. */
            202: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    Location: components["headers"]["Location"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookDelivery"];
                };
            };
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            409: components["responses"]["conflict"];
            422: components["responses"]["validation_failed"];
            429: components["responses"]["rate_limited"];
            500: components["responses"]["internal"];
        };
    };
    listWorkflows: {
        parameters: {
            query?: {
                /** @description Whether to answer the total in `X-Total-Count`, which costs a count in the database. */
                count?: boolean;
                /** @description `next_cursor` of the page before. */
                cursor?: string;
                is_public?: boolean;
                /** @description Most items of the answer, 1..200. */
                limit?: number;
                /** @description How many items to skip, for older clients; ignored with a cursor. */
                offset?: number;
                owner_id?: string;
                /** @description `tags=a,b`: workflows that have all of them. */
                tags?: string[];
            };
            header?: {
                /** @description Id of the request, echoed and logged; one is made when it is absent or not of this form. */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description By id; a page ends early when its workflows are large. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Total-Count": components["headers"]["X-Total-Count"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Workflow"][];
                        /** @description Send it as `cursor` to read on; null on the last page. */
                        next_cursor: string | null;
                    };
                };
            };
            400: components["responses"]["malformed_request"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            422: components["responses"]["validation_failed"];
            429: components["responses"]["rate_limited"];
            500: components["responses"]["internal"];
        };
    };
    createWorkflow: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes a repeat safe: for 24 h the same key with the same body gets the first answer again. With another body it is 422, while the first is in flight 409. A request that was refused or failed created nothing, and its key may be used again. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description Id of the request, echoed and logged; one is made when it is absent or not of this form. */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WorkflowRequest"];
            };
        };
        responses: {
            /** @description The workflow in its first version. */
            201: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    Location: components["headers"]["Location"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Workflow"];
                };
            };
            400: components["responses"]["malformed_request"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            409: components["responses"]["conflict"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            422: components["responses"]["validation_failed"];
            429: components["responses"]["rate_limited"];
            500: components["responses"]["internal"];
        };
    };
    getWorkflow: {
        parameters: {
            query?: never;
            header?: {
                /** @description Id of the request, echoed and logged; one is made when it is absent or not of this form. */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Id of a workflow. */
                workflow_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description With its current version. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Workflow"];
                };
            };
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            429: components["responses"]["rate_limited"];
            500: components["responses"]["internal"];
        };
    };
    updateWorkflow: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag of the version that is to be changed; 412 when the object has another one by now. */
                "If-Match"?: components["parameters"]["IfMatch"];
                /** @description Id of the request, echoed and logged; one is made when it is absent or not of this form. */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Id of a workflow. */
                workflow_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WorkflowRequest"];
            };
        };
        responses: {
            /** @description With the version that is current now. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Workflow"];
                };
            };
            400: components["responses"]["malformed_request"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            412: components["responses"]["precondition_failed"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            422: components["responses"]["validation_failed"];
            429: components["responses"]["rate_limited"];
            500: components["responses"]["internal"];
        };
    };
    deleteWorkflow: {
        parameters: {
            query?: {
                /** @description Cancels its running executions instead of refusing. */
                force?: boolean;
            };
            header?: {
                /** @description The ETag of the version that is to be changed; 412 when the object has another one by now. */
                "If-Match"?: components["parameters"]["IfMatch"];
                /** @description Id of the request, echoed and logged; one is made when it is absent or not of this form. */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Id of a workflow. */
                workflow_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is gone; executions keep their version. */
            204: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["malformed_request"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            409: components["responses"]["conflict"];
            412: components["responses"]["precondition_failed"];
            422: components["responses"]["validation_failed"];
            429: components["responses"]["rate_limited"];
            500: components["responses"]["internal"];
        };
    };
    executeWorkflow: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes a repeat safe: for 24 h the same key with the same body gets the first answer again. With another body it is 422, while the first is in flight 409. A request that was refused or failed created nothing, and its key may be used again. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description Id of the request, echoed and logged; one is made when it is absent or not of this form. */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Id of a workflow. */
                workflow_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["ExecuteRequest"];
            };
        };
        responses: {
            /** @description The execution that begins. */
            202: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    Location: components["headers"]["Location"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StartedExecution"];
                };
            };
            400: components["responses"]["malformed_request"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            409: components["responses"]["conflict"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            422: components["responses"]["validation_failed"];
            429: components["responses"]["rate_limited"];
            500: components["responses"]["internal"];
        };
    };
    listWorkflowVersions: {
        parameters: {
            query?: {
                /** @description Whether to answer the total in `X-Total-Count`, which costs a count in the database. */
                count?: boolean;
                /** @description `next_cursor` of the page before. */
                cursor?: string;
                /** @description Most items of the answer, 1..200. */
                limit?: number;
                /** @description How many items to skip, for older clients; ignored with a cursor. */
                offset?: number;
            };
            header?: {
                /** @description Id of the request, echoed and logged; one is made when it is absent or not of this form. */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Id of a workflow. */
                workflow_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Versions without their definitions. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Total-Count": components["headers"]["X-Total-Count"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["WorkflowVersionSummary"][];
                        /** @description Send it as `cursor` to read on; null on the last page. */
                        next_cursor: string | null;
                    };
                };
            };
            400: components["responses"]["malformed_request"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            422: components["responses"]["validation_failed"];
            429: components["responses"]["rate_limited"];
            500: components["responses"]["internal"];
        };
    };
    getWorkflowVersion: {
        parameters: {
            query?: never;
            header?: {
                /** @description Id of the request, echoed and logged; one is made when it is absent or not of this form. */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Number of a version, from 1. */
                version: string;
                /** @description Id of a workflow. */
                workflow_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The version, whole. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WorkflowVersion"];
                };
            };
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            429: components["responses"]["rate_limited"];
            500: components["responses"]["internal"];
        };
    };
    validateWorkflow: {
        parameters: {
            query?: never;
            header?: {
                /** @description Id of the request, echoed and logged; one is made when it is absent or not of this form. */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WorkflowRequest"];
            };
        };
        responses: {
            /** @description What is wrong, and how it would run. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WorkflowValidation"];
                };
            };
            400: components["responses"]["malformed_request"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            422: components["responses"]["validation_failed"];
            429: components["responses"]["rate_limited"];
            500: components["responses"]["internal"];
        };
    };
    getDocs: {
        parameters: {
            query?: never;
            header?: {
                /** @description Id of the request, echoed and logged; one is made when it is absent or not of this form. */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page for the browser. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            500: components["responses"]["internal.open"];
        };
    };
    getHealth: {
        parameters: {
            query?: never;
            header?: {
                /** @description Id of the request, echoed and logged; one is made when it is absent or not of this form. */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It does. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Health"];
                };
            };
            500: components["responses"]["internal.open"];
        };
    };
    getMetrics: {
        parameters: {
            query?: never;
            header?: {
                /** @description Id of the request, echoed and logged; one is made when it is absent or not of this form. */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Text format 0.0.4. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            500: components["responses"]["internal.open"];
        };
    };
    getOpenApi: {
        parameters: {
            query?: never;
            header?: {
                /** @description Id of the request, echoed and logged; one is made when it is absent or not of this form. */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OpenAPI 3.1. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
            500: components["responses"]["internal.open"];
        };
    };
    getReadiness: {
        parameters: {
            query?: never;
            header?: {
                /** @description Id of the request, echoed and logged; one is made when it is absent or not of this form. */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Yes. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Health"];
                };
            };
            500: components["responses"]["internal.open"];
            503: components["responses"]["dependency_unavailable.starting.draining.open"];
        };
    };
}
