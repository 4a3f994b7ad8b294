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
    "/api/v1/admin/api-keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * All keys
         * @description Roles: admin.
         */
        get: operations["listApiKeys"];
        put?: never;
        /**
         * Issues a key
         * @description Roles: admin.
         */
        post: operations["createApiKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/api-keys/{key_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Revokes a key
         * @description From now on, at most 5 s later in other processes, it opens nothing.
         *
         *     Roles: admin.
         */
        delete: operations["revokeApiKey"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/jobs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Jobs of all clients, newest first
         * @description Roles: admin.
         */
        get: operations["listAllJobs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/miners": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Miners of all operators
         * @description Roles: admin.
         */
        get: operations["listAllMiners"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/signing-keys/rotate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Makes a new signing key
         * @description From now on every process signs with it. Public keys stay published; who keeps a copy of them asks again when a receipt names a `kid` that is not in it.
         *
         *     Roles: admin.
         */
        post: operations["rotateSigningKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/stats": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Figures of platform and process
         * @description Roles: admin.
         */
        get: operations["getAdminStats"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/dashboard/ecosystem": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Jobs, miners and agents */
        get: operations["getEcosystem"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/delegated-jobs/{job_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What came of a job
         * @description Roles: service.
         */
        get: operations["getDelegatedJob"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/delegated-jobs/{job_id}/text": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The text of a job, as its miner writes it
         * @description A long poll: answers as soon as there is more, or the job has ended, else after `wait` seconds.
         *
         *     Roles: service.
         */
        get: operations["readDelegatedJobText"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/delegated-jobs/by-key/{key}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Submits a job once
         * @description The same key gives the same job again, whatever became of it. The service answers for the agent.
         *
         *     Roles: service.
         */
        put: operations["putDelegatedJob"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/delegated-jobs/by-key/{key}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Cancels a job that is not final
         * @description Roles: service.
         */
        post: operations["cancelDelegatedJob"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/explorer/receipts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Receipts, newest first
         * @description Of jobs and of executions. Job receipts alone are answered also when nobody can tell of executions.
         */
        get: operations["listReceipts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/jobs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The caller's jobs, newest first
         * @description Roles: client, service, admin.
         */
        get: operations["listJobs"];
        put?: never;
        /**
         * Puts a job into the queue
         * @description `payload.service_request` is checked against the schema of its kind (`GET /services`).
         *
         *     Roles: client, service.
         */
        post: operations["submitJob"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/jobs/{job_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One job
         * @description Roles: client, service, admin.
         */
        get: operations["getJob"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/jobs/{job_id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Cancels a job
         * @description Roles: client, service, admin.
         */
        post: operations["cancelJob"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/jobs/{job_id}/receipt": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Receipt of a completed job
         * @description Roles: client, service, admin.
         */
        get: operations["getJobReceipt"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/jobs/{job_id}/receipts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * All receipts of a job
         * @description Roles: client, service, admin.
         */
        get: operations["listJobReceipts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/jobs/{job_id}/result": {
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
        get: operations["getJobResult"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/jobs/changes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Jobs that have ended, as they end
         * @description A long poll: answers as soon as a job of the caller becomes final, else after `wait` seconds without items. Call it again with `after` = `next_cursor`; nothing is lost in between.
         *
         *     Roles: service.
         */
        get: operations["watchJobs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/jobs/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Those that have ended
         * @description Roles: client, service, admin.
         */
        get: operations["listFinishedJobs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/marketplace/gpu/offers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** GPU offers, newest first */
        get: operations["listGpuOffers"];
        put?: never;
        /**
         * Offers a GPU of a miner
         * @description Each GPU that the miner has registered can be on offer once.
         *
         *     Roles: miner.
         */
        post: operations["createGpuOffer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/marketplace/gpu/offers/{offer_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One GPU offer */
        get: operations["getGpuOffer"];
        put?: never;
        post?: never;
        /**
         * Takes it from the market
         * @description For good, and only while nobody holds it.
         *
         *     Roles: miner, admin.
         */
        delete: operations["withdrawGpuOffer"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/marketplace/gpu/offers/{offer_id}/book": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Books a GPU
         * @description Of several who book at the same time one gets it; it lasts until it is released.
         *
         *     Roles: client, service.
         */
        post: operations["bookGpuOffer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/marketplace/gpu/offers/{offer_id}/release": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ends a booking
         * @description By who has booked it, or an admin.
         *
         *     Roles: client, service, admin.
         */
        post: operations["releaseGpuOffer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/miners": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The caller's miners
         * @description Admins see all.
         *
         *     Roles: miner, admin.
         */
        get: operations["listMiners"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/miners/{job_id}/chunks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Gives text while it comes
         * @description For a job whose request says `stream: true`. Each piece is an event for whoever reads along. A piece may be sent again; 409 when a piece before it has not come.
         *
         *     Roles: miner.
         */
        post: operations["streamJob"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/miners/{job_id}/fail": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Gives a job back
         * @description Roles: miner.
         */
        post: operations["failJob"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/miners/{job_id}/result": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Gives the result of a job
         * @description The result is signed by the miner; the platform countersigns it in a receipt. May be repeated.
         *
         *     Roles: miner.
         */
        post: operations["completeJob"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/miners/{miner_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One miner
         * @description Roles: miner, admin.
         */
        get: operations["getMiner"];
        put?: never;
        post?: never;
        /**
         * Removes a miner
         * @description Its session and its GPU offers end, and its jobs go to others.
         *
         *     Roles: miner, admin.
         */
        delete: operations["removeMiner"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/miners/{miner_id}/capabilities": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Replaces what a miner offers
         * @description Roles: miner, admin.
         */
        put: operations["setMinerCapabilities"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/miners/{miner_id}/earnings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What a miner has earned
         * @description Out of the receipts of its jobs.
         *
         *     Roles: miner, admin.
         */
        get: operations["getMinerEarnings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/miners/{miner_id}/jobs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Jobs that a miner got
         * @description Roles: miner, admin.
         */
        get: operations["listMinerJobs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/miners/heartbeat": {
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
         * @description Renews the leases of the jobs that it runs.
         *
         *     Roles: miner.
         */
        post: operations["sendMinerHeartbeat"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/miners/poll": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Takes the next job that fits
         * @description A long poll. A job is handed to one miner only, for the time of a lease.
         *
         *     Roles: miner.
         */
        post: operations["pollJob"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/miners/register": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Begins a session of a miner
         * @description Registering an id again by its owner replaces what it offers, and ends its earlier session.
         *
         *     Roles: miner.
         */
        post: operations["registerMiner"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/services": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All kinds of jobs */
        get: operations["listServiceKinds"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/services/{type}/duration": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How long it takes */
        get: operations["getServiceDuration"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/services/{type}/schema": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What a request may say */
        get: operations["getServiceSchema"];
        put?: never;
        post?: never;
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
        /** @description The platform in figures, for administrators. */
        AdminStats: {
            agents: {
                active: number;
                /** @description Heard lately. */
                online: number;
                /** @description All but the retired ones. */
                registered: number;
            } | null;
            /** @description False when nobody can tell about agents at the moment. */
            agents_available: boolean;
            /**
             * Format: date-time
             * @description When they were counted: on a large platform some time ago.
             */
            as_of: string;
            /** @description Units of work of the answering process since its start. */
            database: {
                retries: number;
                units_committed: number;
                units_rolled_back: number;
                /** @description Of those rolled back, the ones that took too long. */
                units_timed_out: number;
                /** @description At this moment. */
                units_waiting: number;
                /** @description Milliseconds spent waiting for the write lock, or backing off before a retry. */
                writer_wait_ms: number;
            };
            gpu_offers: {
                available: number;
                booked: number;
                withdrawn: number;
            };
            job_receipts: number;
            jobs: {
                by_state: {
                    CANCELED: number;
                    COMPLETED: number;
                    EXPIRED: number;
                    FAILED: number;
                    QUEUED: number;
                    RUNNING: number;
                };
                /** @description Jobs that wait for a miner. */
                queue_depth: number;
                /** @description Completed ones among those that were completed or failed, 0..1; null when there are none. */
                success_rate: number | null;
                total: number;
            };
            last_24_hours: {
                canceled: number;
                completed: number;
                expired: number;
                failed: number;
                /** @description Completed jobs. */
                jobs_per_hour: number;
                /** @description Of completed jobs, from that start to the result. */
                mean_run_ms: number | null;
                /** @description Of completed jobs, from submission to the start of the attempt that succeeded. */
                mean_wait_ms: number | null;
                submitted: number;
                /** @description Completed ones among those that were completed or failed, 0..1; null when there are none. */
                success_rate: number | null;
            };
            miners: {
                /** @description Heard lately. */
                online: number;
                /** @description Jobs that these can run at once. */
                online_capacity: number;
                registered: number;
            };
            /** @description Coins: price of the jobs that were completed. */
            volume_last_24_hours: number;
        };
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
        /** @description A key of the API without its secret, of which only a hash is kept. */
        ApiKey: {
            /** Format: date-time */
            created_at: string;
            /**
             * Format: date-time
             * @description When it stops being valid; null: never.
             */
            expires_at: string | null;
            /** @description Id of the key, which is no secret. */
            id: string;
            /** @description What its holder calls it. */
            label: string | null;
            /**
             * Format: date-time
             * @description Since when it is no longer valid; null: it was not revoked.
             */
            revoked_at: string | null;
            /** @enum {string} */
            role: "admin" | "client" | "miner" | "service";
            /** @description Who one is with this key: the owner of what it creates. */
            subject: string;
        };
        /** @description A job that the miner holds now. */
        AssignedJob: {
            /** @description Which attempt this is, from 1; it is part of what the miner signs. */
            attempt: number;
            constraints: {
                [key: string]: unknown;
            };
            job_id: string;
            /**
             * Format: date-time
             * @description When the job goes to another miner, unless a heartbeat renews the lease.
             */
            lease_expires_at: string;
            payload: {
                /** @description What the kind describes. */
                service_request: {
                    [key: string]: unknown;
                };
                service_type: string;
            };
            /** @description W3C trace context of the job, if it is part of a trace. */
            traceparent?: string;
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
        CapabilitiesRequest: {
            /** @description CUDA version, `major.minor`. */
            cuda?: string | null;
            /** @default [] */
            gpus?: components["schemas"]["GpuRequest"][];
            /** @default [] */
            models?: string[];
            /**
             * @description Price of a job in coins; without it, nothing.
             * @default 0
             */
            price?: number;
            /** @description Kinds of jobs that it takes; without it, every kind. */
            services?: string[] | null;
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
        CreateApiKeyRequest: {
            /**
             * Format: date-time
             * @description RFC 3339, in the future; without it the key is valid until it is revoked.
             */
            expires_at?: string | null;
            label?: string | null;
            /** @enum {string} */
            role: "admin" | "client" | "miner" | "service";
            /** @description Who one is with this key: the owner of what it creates. */
            subject: string;
        };
        CreateGpuOfferRequest: {
            /**
             * Format: date-time
             * @description RFC 3339; without it, now.
             */
            available_from?: string | null;
            /**
             * Format: date-time
             * @description RFC 3339: from then on nobody can book it; without it, there is no end.
             */
            available_until?: string | null;
            /** @description Model name of a GPU that the miner has registered. */
            gpu: string;
            /** @description The miner that has the GPU; may be left out by a principal with one miner, or that sends `x-miner-session`. */
            miner_id?: string | null;
            /** @description Coins. */
            price_per_hour: number;
            /** @description Without it, the miner's. */
            region?: string | null;
        };
        DelegatedJob: {
            error: string | null;
            job_id: string;
            /** @enum {string} */
            state: "QUEUED" | "RUNNING" | "COMPLETED" | "FAILED" | "CANCELED" | "EXPIRED";
        };
        DelegatedJobOutcome: {
            /** @description Whose job it is. */
            client_id: string;
            /** @description What it cost, in units of 10⁻⁸ coin. */
            cost_units: number;
            error: string | null;
            job_id: string;
            /** @description Compact JWS of the receipt. */
            receipt: string | null;
            receipt_id: string | null;
            /** @description What the job gave; null until it is completed. */
            result: unknown;
            service_type: string;
            /** @enum {string} */
            state: "QUEUED" | "RUNNING" | "COMPLETED" | "FAILED" | "CANCELED" | "EXPIRED";
        };
        DelegatedJobText: {
            /** @description The job is final, and nothing comes after these pieces. */
            ended: boolean;
            items: {
                /** @description Another miner began anew: all that came before is void. */
                restarts: boolean;
                /** @description Place in the text, from 1 without a gap. */
                seq: number;
                text: string;
            }[];
        };
        /** @description The platform in figures. */
        Ecosystem: {
            agents: {
                active: number;
                /** @description Heard lately. */
                online: number;
                /** @description All but the retired ones. */
                registered: number;
            } | null;
            /** @description False when nobody can tell about agents at the moment. */
            agents_available: boolean;
            /**
             * Format: date-time
             * @description When they were counted: on a large platform some time ago.
             */
            as_of: string;
            jobs: {
                by_state: {
                    CANCELED: number;
                    COMPLETED: number;
                    EXPIRED: number;
                    FAILED: number;
                    QUEUED: number;
                    RUNNING: number;
                };
                /** @description Jobs that wait for a miner. */
                queue_depth: number;
                /** @description Completed ones among those that were completed or failed, 0..1; null when there are none. */
                success_rate: number | null;
                total: number;
            };
            last_24_hours: {
                canceled: number;
                completed: number;
                expired: number;
                failed: number;
                /** @description Completed jobs. */
                jobs_per_hour: number;
                /** @description Of completed jobs, from that start to the result. */
                mean_run_ms: number | null;
                /** @description Of completed jobs, from submission to the start of the attempt that succeeded. */
                mean_wait_ms: number | null;
                submitted: number;
                /** @description Completed ones among those that were completed or failed, 0..1; null when there are none. */
                success_rate: number | null;
            };
            miners: {
                /** @description Heard lately. */
                online: number;
                /** @description Jobs that these can run at once. */
                online_capacity: number;
                registered: number;
            };
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
        FinishedJob: {
            job_id: string;
            /** @enum {string} */
            state: "QUEUED" | "RUNNING" | "COMPLETED" | "FAILED" | "CANCELED" | "EXPIRED";
        };
        /** @description One GPU of a miner, offered by the hour. */
        GpuOffer: {
            /**
             * Format: date-time
             * @description It can be booked from then on.
             */
            available_from: string;
            /**
             * Format: date-time
             * @description From then on nobody can book it; null: no end.
             */
            available_until: string | null;
            /** Format: date-time */
            booked_at: string | null;
            /** @description Who holds it; shown to that one, to the owner and to admins. */
            booked_by: string | null;
            /** Format: date-time */
            created_at: string;
            gpu: {
                /** @description MiB. */
                memory_mb: number;
                /** @description Model name. */
                name: string;
            };
            id: string;
            /** @description The machine that has the GPU. */
            miner_id: string;
            /** @description Subject of the operator who made it. */
            owner_id: string;
            /** @description Coins, with at most 8 decimals. */
            price_per_hour: number;
            region: string | null;
            /**
             * @description `expired`: nobody has booked it, and `available_until` is over.
             * @enum {string}
             */
            status: "available" | "booked" | "withdrawn" | "expired";
            /** Format: date-time */
            updated_at: string;
        };
        GpuRequest: {
            /** @description MiB. */
            memory_mb: number;
            name: string;
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
        /** @description A new key with its secret. */
        IssuedApiKey: {
            /** @description The key itself, shown this once. */
            api_key: string;
            /** Format: date-time */
            created_at: string;
            /**
             * Format: date-time
             * @description When it stops being valid; null: never.
             */
            expires_at: string | null;
            /** @description Id of the key, which is no secret. */
            id: string;
            /** @description What its holder calls it. */
            label: string | null;
            /**
             * Format: date-time
             * @description Since when it is no longer valid; null: it was not revoked.
             */
            revoked_at: string | null;
            /** @enum {string} */
            role: "admin" | "client" | "miner" | "service";
            /** @description Who one is with this key: the owner of what it creates. */
            subject: string;
        };
        /** @description A job with its request. */
        Job: {
            /** @description The miner that has it, or had it last. */
            assigned_miner_id: string | null;
            /** @description How often it was handed to a miner. */
            attempts: number;
            /** @description Subject for whom the job is done. */
            client_id: string;
            /**
             * Format: date-time
             * @description When it became final.
             */
            completed_at: string | null;
            /** @description What a miner must have, as it was asked for. */
            constraints: {
                [key: string]: unknown;
            };
            /** @description Coins; null unless it is completed. */
            cost: number | null;
            /**
             * Format: date-time
             * @description The same as `requested_at`.
             */
            created_at: string;
            /** @description Why it failed. */
            error: string | null;
            /**
             * Format: date-time
             * @description When it expires if it is still in the queue.
             */
            expires_at: string;
            /** @description The same as `job_id`. */
            id: string;
            job_id: string;
            /** @description The same as `client_id`. */
            owner_id: string;
            payload: {
                agent_id: string | null;
                execution_id: string | null;
                /** @description What the kind describes. */
                service_request: {
                    [key: string]: unknown;
                };
                service_type: string;
                step_id: string | null;
            };
            /** @description Coins that the client offered. */
            payment_amount: number | null;
            payment_currency: string | null;
            /** @description Null: payments are not made here. */
            payment_id: string | null;
            /** @description Null: payments are not made here. */
            payment_status: string | null;
            /** Format: date-time */
            requested_at: string;
            /** @description A kind of `GET /services`. */
            service_type: string;
            /**
             * Format: date-time
             * @description When its last attempt began.
             */
            started_at: string | null;
            /**
             * @description The last four are final.
             * @enum {string}
             */
            state: "QUEUED" | "RUNNING" | "COMPLETED" | "FAILED" | "CANCELED" | "EXPIRED";
            /** @description Seconds that it may stay in the queue. */
            ttl_seconds: number;
            /** Format: date-time */
            updated_at: string;
        };
        JobChunksRequest: {
            /** @description The attempt that the text is of. */
            attempt: number;
            /** @description Place of the first piece in its attempt, from 1: what was sent before, and came, is not taken twice. */
            first: number;
            /** @description Pieces of the text, in order. */
            texts: string[];
        };
        JobConstraintsRequest: {
            /** @description Lowest CUDA version, `major.minor`. */
            cuda?: string | null;
            /** @description Exact model name of a GPU. */
            gpu?: string | null;
            /** @description Highest price of the job in coins. */
            max_price?: number | null;
            /** @description Lowest memory of one GPU, in GiB; with `gpu`, of a GPU of that model. */
            min_vram_gb?: number | null;
            /** @description Models that the miner must have, all of them. */
            models?: string[] | null;
            /** @description Where the miner says that it is; compared exactly. */
            region?: string | null;
        };
        /** @description What came of a job. */
        JobEnd: {
            /** @description Coins; null unless it is completed. */
            cost: number | null;
            error: string | null;
            job_id: string;
            /** @description What the job used, as its miner says. */
            metrics: {
                completion_tokens?: number;
                /** @description Milliseconds. */
                duration_ms?: number;
                /** @description MiB. */
                peak_memory_mb?: number;
                prompt_tokens?: number;
            } | null;
            receipt: components["schemas"]["JobReceipt"] | null;
            /** @description What the miner gave; null unless it is completed. */
            result: unknown;
            /** @enum {string} */
            state: "QUEUED" | "RUNNING" | "COMPLETED" | "FAILED" | "CANCELED" | "EXPIRED";
        };
        JobFailureRequest: {
            /** @description The attempt that failed; by default the one that the miner holds. */
            attempt?: number | null;
            error: string;
            /**
             * @description `false`: the request itself is bad, so no other miner should try.
             * @default true
             */
            retryable?: boolean;
        };
        JobPayloadRequest: {
            /** @description The agent for which the job is done; it must be active and the client's own. */
            agent_id?: string | null;
            execution_id?: string | null;
            /** @description What the kind's JSON Schema describes. */
            service_request: {
                [key: string]: unknown;
            };
            /** @description A kind of `GET /services`. */
            service_type: string;
            step_id?: string | null;
        };
        /** @description The signed receipt of a completed job. */
        JobReceipt: {
            client_id: string;
            /** @description Coins, with at most 8 decimals. */
            cost: number;
            /** @description The same as `receipt_id`. */
            id: string;
            /** Format: date-time */
            issued_at: string;
            job_id: string;
            /** @description Compact JWS (EdDSA; its key is in `/.well-known/jwks.json`): the only part that proves anything. */
            jws: string;
            miner_id: string;
            /** @description Ed25519 public key of the miner, as a JWK. */
            miner_key: {
                [key: string]: unknown;
            };
            payload: components["schemas"]["JobReceiptPayload"];
            receipt_id: string;
        };
        /** @description What the receipt of a job says. */
        JobReceiptPayload: {
            /** @description Which attempt gave the result, from 1. */
            attempt: number;
            client_id: string;
            /** Format: date-time */
            completed_at: string;
            /** @description Coins, with at most 8 decimals. */
            cost: number;
            /** Format: date-time */
            issued_at: string;
            /** @description URL of the platform that signed it. */
            issuer: string;
            job_id: string;
            miner_id: string;
            /** @description The miner's own signature over job, attempt and result hash (compact JWS). */
            miner_jws: string;
            receipt_id: string;
            /** @description Of the canonical JSON (RFC 8785) of the service request. */
            request_hash: string;
            /** @description Of the canonical JSON of the result. */
            result_hash: string;
            service_type: string;
            /** @description Of this shape. */
            version: number;
        };
        JobResultRequest: {
            metrics?: components["schemas"]["MetricsRequest"] | null;
            result: unknown;
            /** @description Compact JWS over a `MinerResultClaim`. */
            signature: string;
        };
        /** @description A job without its request. */
        JobSummary: {
            /** @description The miner that has it, or had it last. */
            assigned_miner_id: string | null;
            /** @description How often it was handed to a miner. */
            attempts: number;
            /** @description Subject for whom the job is done. */
            client_id: string;
            /**
             * Format: date-time
             * @description When it became final.
             */
            completed_at: string | null;
            /** @description What a miner must have, as it was asked for. */
            constraints: {
                [key: string]: unknown;
            };
            /** @description Coins; null unless it is completed. */
            cost: number | null;
            /**
             * Format: date-time
             * @description The same as `requested_at`.
             */
            created_at: string;
            /** @description Why it failed. */
            error: string | null;
            /**
             * Format: date-time
             * @description When it expires if it is still in the queue.
             */
            expires_at: string;
            /** @description The same as `job_id`. */
            id: string;
            job_id: string;
            /** @description The same as `client_id`. */
            owner_id: string;
            /** @description Coins that the client offered. */
            payment_amount: number | null;
            payment_currency: string | null;
            /** @description Null: payments are not made here. */
            payment_id: string | null;
            /** @description Null: payments are not made here. */
            payment_status: string | null;
            /** Format: date-time */
            requested_at: string;
            /** @description A kind of `GET /services`. */
            service_type: string;
            /**
             * Format: date-time
             * @description When its last attempt began.
             */
            started_at: string | null;
            /**
             * @description The last four are final.
             * @enum {string}
             */
            state: "QUEUED" | "RUNNING" | "COMPLETED" | "FAILED" | "CANCELED" | "EXPIRED";
            /** @description Seconds that it may stay in the queue. */
            ttl_seconds: number;
            /** Format: date-time */
            updated_at: string;
        };
        /** @description A change of the key that signs receipts and tokens. */
        KeyRotation: {
            /** Format: date-time */
            created_at: string;
            /** @description RFC 7638 thumbprint of the new key, as in `/.well-known/jwks.json`. */
            kid: string;
            /** @description The key that signs no more; what it has signed goes on verifying. */
            retired_kid: string;
        };
        MetricsRequest: {
            completion_tokens?: number | null;
            duration_ms?: number | null;
            peak_memory_mb?: number | null;
            prompt_tokens?: number | null;
        };
        /** @description A machine that does jobs. */
        Miner: {
            capabilities: {
                /** @description `major.minor`. */
                cuda: string | null;
                gpus: {
                    /** @description MiB. */
                    memory_mb: number;
                    name: string;
                }[];
                models: string[];
                /** @description Coins for one job. */
                price: number;
                /** @description Kinds of jobs that it takes; null: every kind. */
                services: string[] | null;
            };
            /** @description How many jobs it runs at once. */
            concurrency: number;
            /**
             * Format: date-time
             * @description When it registered.
             */
            created_at: string;
            /** @description The same as `miner_id`. */
            id: string;
            /** @description Jobs that it said it was running. */
            inflight: number;
            /** Format: date-time */
            last_heartbeat_at: string;
            /** @description What it last sent about itself. */
            metadata: {
                [key: string]: unknown;
            } | null;
            miner_id: string;
            /** @description Whether it was heard lately. */
            online: boolean;
            /** @description Subject of its operator. */
            owner_id: string;
            /** @description Ed25519 public key that verifies its results, as a JWK. */
            public_key: {
                [key: string]: unknown;
            };
            region: string | null;
            /** @description What it says of itself; `offline` when it has been silent for too long. */
            status: string;
            /** Format: date-time */
            updated_at: string;
        };
        /** @description What a miner has earned. */
        MinerEarnings: {
            /** @description Days with receipts, in order. */
            by_day: {
                /** @description Receipts. */
                count: number;
                /** @description UTC, as `2026-01-31`. */
                day: string;
                /** @description Coins, with at most 8 decimals. */
                total: number;
            }[];
            by_service_type: {
                /** @description Receipts. */
                count: number;
                service_type: string;
                /** @description Coins, with at most 8 decimals. */
                total: number;
            }[];
            /** @description Receipts. */
            count: number;
            /**
             * Format: date-time
             * @description As it was asked for.
             */
            from: string | null;
            miner_id: string;
            /**
             * Format: date-time
             * @description As it was asked for.
             */
            to: string | null;
            /** @description Coins, with at most 8 decimals. */
            total: number;
        };
        MinerHeartbeatRequest: {
            /**
             * @description Ids of the jobs that it runs, whose leases are renewed; or only their number, and all its leases are renewed.
             * @default 0
             */
            inflight?: string[] | number;
            metadata?: {
                [key: string]: unknown;
            } | null;
            /**
             * @description A word about itself.
             * @default available
             */
            status?: string;
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
        PollRequest: {
            /** @default 10 */
            max_wait_seconds?: number;
        };
        /** @description A problem document (RFC 9457). */
        Problem: {
            /**
             * @description The code of the error, for programs to decide by.
             * @enum {string}
             */
            code: "malformed_request" | "unauthenticated" | "forbidden" | "not_found" | "method_not_allowed" | "conflict" | "precondition_failed" | "payload_too_large" | "unsupported_media_type" | "validation_failed" | "not_ready" | "rate_limited" | "internal" | "dependency_unavailable" | "prover_unavailable" | "overloaded" | "starting" | "draining";
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
        /** @description What anybody may know of a receipt. */
        PublicReceipt: {
            /** @description Coins, with at most 8 decimals. */
            cost: number;
            id: string;
            /** @description Of the canonical JSON (RFC 8785) of what went in. */
            inputs_hash: string;
            /** Format: date-time */
            issued_at: string;
            /** @enum {string} */
            kind: "job" | "execution";
            /** @description Of what came out; null when nothing did. */
            result_hash: string | null;
            /** @description How it ended. */
            status: string;
            /** @description Root of the Merkle tree of an execution's steps; null for a job. */
            steps_root: string | null;
            /** @description Id of the job or of the execution. */
            subject_id: string;
            /** @description Of a job: the miner's signature over the result held. Of an execution: all its checks did. */
            verified: boolean;
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
        RegisterMinerRequest: {
            capabilities: components["schemas"]["CapabilitiesRequest"];
            /**
             * @description How many jobs it runs at once.
             * @default 1
             */
            concurrency?: number;
            miner_id?: string | null;
            /** @description Ed25519 public key as a JWK or as base64url of the 32 raw bytes; its soundness is checked apart. */
            public_key: string | {
                [key: string]: unknown;
            };
            region?: string | null;
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
        /** @description A kind of job. */
        ServiceKind: {
            /** @description JSON Schema (draft 2020-12) of `constraints`: what a job may demand of a miner. */
            constraints: {
                [key: string]: unknown;
            };
            description: string;
            /**
             * @description The same as `type`.
             * @enum {string}
             */
            id: "text_analysis" | "llm_inference" | "whisper" | "stable_diffusion" | "ffmpeg" | "blender";
            /** @description Miners online now that take this kind. */
            miners_online: number;
            /** @description Models that a request may name; empty when any is accepted, or none is needed. */
            models: string[];
            name: string;
            /** @description JSON Schema (draft 2020-12) of `service_request`. */
            schema: {
                [key: string]: unknown;
            };
            /** @enum {string} */
            type: "text_analysis" | "llm_inference" | "whisper" | "stable_diffusion" | "ffmpeg" | "blender";
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
        SubmitDelegatedJobRequest: {
            /** @description Whose job it is, and who pays. */
            client_id: string;
            constraints?: components["schemas"]["JobConstraintsRequest"] | null;
            payload: components["schemas"]["JobPayloadRequest"];
            /** @description What the client offers to pay, in coins; recorded with the job. */
            payment_amount?: number | null;
            payment_currency?: string | null;
            /**
             * @description Seconds that the job may stay in the queue.
             * @default 900
             */
            ttl_seconds?: number;
        };
        SubmitJobRequest: {
            constraints?: components["schemas"]["JobConstraintsRequest"] | null;
            payload: components["schemas"]["JobPayloadRequest"];
            /** @description What the client offers to pay, in coins; recorded with the job. */
            payment_amount?: number | null;
            payment_currency?: string | null;
            /**
             * @description Seconds that the job may stay in the queue.
             * @default 900
             */
            ttl_seconds?: number;
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
    listApiKeys: {
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
            /** @description Keys without their secrets, by id. */
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
                        items: components["schemas"]["ApiKey"][];
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
    createApiKey: {
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
                "application/json": components["schemas"]["CreateApiKeyRequest"];
            };
        };
        responses: {
            /** @description The key with its secret, which is not shown again. */
            201: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IssuedApiKey"];
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
    revokeApiKey: {
        parameters: {
            query?: never;
            header?: {
                /** @description Id of the request, echoed and logged; one is made when it is absent or not of this form. */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                key_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is revoked. */
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
            429: components["responses"]["rate_limited"];
            500: components["responses"]["internal"];
        };
    };
    listAllJobs: {
        parameters: {
            query?: {
                /** @description Whose jobs. */
                client_id?: string;
                /** @description Whether to answer the total in `X-Total-Count`, which costs a count in the database. */
                count?: boolean;
                /** @description `next_cursor` of the page before. */
                cursor?: string;
                /** @description Requested at this time or later (RFC 3339). */
                from_time?: string;
                /** @description A service type. */
                job_type?: string;
                /** @description Most items of the answer, 1..200. */
                limit?: number;
                /** @description The miner that runs them, or ran them last. */
                miner_id?: string;
                /** @description How many items to skip, for older clients; ignored with a cursor. */
                offset?: number;
                status?: "QUEUED" | "RUNNING" | "COMPLETED" | "FAILED" | "CANCELED" | "EXPIRED";
                /** @description Requested before this time (RFC 3339). */
                to_time?: string;
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
            /** @description Jobs without their requests. */
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
                        items: components["schemas"]["JobSummary"][];
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
    listAllMiners: {
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
                /** @description `true`: those that are online now; `false`: those that are not. */
                online?: boolean;
                /** @description Whose miners. */
                owner_id?: string;
                region?: string;
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
            /** @description By id, the highest first. */
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
                        items: components["schemas"]["Miner"][];
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
    rotateSigningKey: {
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
        requestBody?: never;
        responses: {
            /** @description The new key signs. */
            201: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KeyRotation"];
                };
            };
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            409: components["responses"]["conflict"];
            422: components["responses"]["validation_failed"];
            429: components["responses"]["rate_limited"];
            500: components["responses"]["internal"];
        };
    };
    getAdminStats: {
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
            /** @description Those that everybody may see as of the moment that they name, the rest now. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AdminStats"];
                };
            };
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            429: components["responses"]["rate_limited"];
            500: components["responses"]["internal"];
        };
    };
    getEcosystem: {
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
                    "application/json": components["schemas"]["Ecosystem"];
                };
            };
            401: components["responses"]["unauthenticated"];
            429: components["responses"]["rate_limited"];
            500: components["responses"]["internal"];
        };
    };
    getDelegatedJob: {
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
            /** @description The job, final or not. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DelegatedJobOutcome"];
                };
            };
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            429: components["responses"]["rate_limited"];
            500: components["responses"]["internal"];
        };
    };
    readDelegatedJobText: {
        parameters: {
            query?: {
                /** @description Number of the last piece that is known. */
                after?: number;
                /** @description Seconds to wait for more, or for the end of the job. */
                wait?: number;
            };
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
            /** @description The next pieces. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DelegatedJobText"];
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
    putDelegatedJob: {
        parameters: {
            query?: never;
            header?: {
                /** @description Id of the request, echoed and logged; one is made when it is absent or not of this form. */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description A key of the calling service: 1 to 300 printable characters of ASCII. */
                key: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SubmitDelegatedJobRequest"];
            };
        };
        responses: {
            /** @description The job as it is. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DelegatedJob"];
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
    cancelDelegatedJob: {
        parameters: {
            query?: never;
            header?: {
                /** @description Id of the request, echoed and logged; one is made when it is absent or not of this form. */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description A key of the calling service: 1 to 300 printable characters of ASCII. */
                key: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The job as it is then. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DelegatedJob"];
                };
            };
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            429: components["responses"]["rate_limited"];
            500: components["responses"]["internal"];
        };
    };
    listReceipts: {
        parameters: {
            query?: {
                /** @description Whether to answer the total in `X-Total-Count`, which costs a count in the database. */
                count?: boolean;
                /** @description `next_cursor` of the page before. */
                cursor?: string;
                /** @description Receipts of jobs or of agents' executions only; without it, both. */
                kind?: "job" | "execution";
                /** @description Most items of the answer, 1..200. */
                limit?: number;
                /** @description How many receipts to skip, at most 1000: they are read and thrown away, and the cursor spares that. */
                offset?: unknown;
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
            /** @description Receipts of all owners. */
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
                        items: components["schemas"]["PublicReceipt"][];
                        /** @description Send it as `cursor` to read on; null on the last page. */
                        next_cursor: string | null;
                    };
                };
            };
            400: components["responses"]["malformed_request"];
            401: components["responses"]["unauthenticated"];
            422: components["responses"]["validation_failed"];
            429: components["responses"]["rate_limited"];
            500: components["responses"]["internal"];
            503: components["responses"]["dependency_unavailable"];
        };
    };
    listJobs: {
        parameters: {
            query?: {
                /** @description Whether to answer the total in `X-Total-Count`, which costs a count in the database. */
                count?: boolean;
                /** @description `next_cursor` of the page before. */
                cursor?: string;
                /** @description Requested at this time or later (RFC 3339). */
                from_time?: string;
                /** @description A service type. */
                job_type?: string;
                /** @description Most items of the answer, 1..200. */
                limit?: number;
                /** @description How many items to skip, for older clients; ignored with a cursor. */
                offset?: number;
                status?: "QUEUED" | "RUNNING" | "COMPLETED" | "FAILED" | "CANCELED" | "EXPIRED";
                /** @description Requested before this time (RFC 3339). */
                to_time?: string;
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
            /** @description Jobs without their requests. */
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
                        items: components["schemas"]["JobSummary"][];
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
    submitJob: {
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
                "application/json": components["schemas"]["SubmitJobRequest"];
            };
        };
        responses: {
            /** @description The job, in the queue. */
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
                    "application/json": components["schemas"]["Job"];
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
            503: components["responses"]["dependency_unavailable"];
        };
    };
    getJob: {
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
            /** @description The job with its request. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            429: components["responses"]["rate_limited"];
            500: components["responses"]["internal"];
        };
    };
    cancelJob: {
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
            /** @description The job, canceled. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
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
    getJobReceipt: {
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
            /** @description The signed receipt. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobReceipt"];
                };
            };
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            425: components["responses"]["not_ready"];
            429: components["responses"]["rate_limited"];
            500: components["responses"]["internal"];
        };
    };
    listJobReceipts: {
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
            /** @description One when the job is completed, else none. */
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
                        items: components["schemas"]["JobReceipt"][];
                        /** @description Send it as `cursor` to read on; null on the last page. */
                        next_cursor: string | null;
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
    getJobResult: {
        parameters: {
            query?: {
                /** @description Seconds to wait for the end of the job. */
                wait?: number;
            };
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
            /** @description The end of the job, whatever it was. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobEnd"];
                };
            };
            400: components["responses"]["malformed_request"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            422: components["responses"]["validation_failed"];
            425: components["responses"]["not_ready"];
            429: components["responses"]["rate_limited"];
            500: components["responses"]["internal"];
        };
    };
    watchJobs: {
        parameters: {
            query?: {
                /** @description `next_cursor` of the answer before; without it only the cursor of now is answered. */
                after?: string;
                /** @description Seconds to wait for the first change. */
                wait?: number;
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
            /** @description In the order in which they ended. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["FinishedJob"][];
                        /** @description Never null: the feed has no end. */
                        next_cursor: string;
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
    listFinishedJobs: {
        parameters: {
            query?: {
                /** @description Whether to answer the total in `X-Total-Count`, which costs a count in the database. */
                count?: boolean;
                /** @description `next_cursor` of the page before. */
                cursor?: string;
                /** @description Requested at this time or later (RFC 3339). */
                from_time?: string;
                /** @description A service type. */
                job_type?: string;
                /** @description Most items of the answer, 1..200. */
                limit?: number;
                /** @description How many items to skip, for older clients; ignored with a cursor. */
                offset?: number;
                status?: "QUEUED" | "RUNNING" | "COMPLETED" | "FAILED" | "CANCELED" | "EXPIRED";
                /** @description Requested before this time (RFC 3339). */
                to_time?: string;
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
            /** @description Final jobs, newest first. */
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
                        items: components["schemas"]["JobSummary"][];
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
    listGpuOffers: {
        parameters: {
            query?: {
                /** @description Whether to answer the total in `X-Total-Count`, which costs a count in the database. */
                count?: boolean;
                /** @description `next_cursor` of the page before. */
                cursor?: string;
                /** @description Exact model name. */
                gpu?: string;
                /** @description Most items of the answer, 1..200. */
                limit?: number;
                /** @description Highest price of an hour in coins. */
                max_price?: number;
                /** @description Lowest memory in GiB. */
                min_vram_gb?: number;
                /** @description `true`: only the offers that the caller made, or has booked. */
                mine?: boolean;
                /** @description How many items to skip, for older clients; ignored with a cursor. */
                offset?: number;
                region?: string;
                /** @description Without it, all but the withdrawn ones. */
                status?: "available" | "booked" | "withdrawn" | "expired";
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
            /** @description Offers of all operators. */
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
                        items: components["schemas"]["GpuOffer"][];
                        /** @description Send it as `cursor` to read on; null on the last page. */
                        next_cursor: string | null;
                    };
                };
            };
            400: components["responses"]["malformed_request"];
            401: components["responses"]["unauthenticated"];
            422: components["responses"]["validation_failed"];
            429: components["responses"]["rate_limited"];
            500: components["responses"]["internal"];
        };
    };
    createGpuOffer: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes a repeat safe: for 24 h the same key with the same body gets the first answer again. With another body it is 422, while the first is in flight 409. A request that was refused or failed created nothing, and its key may be used again. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description `session_token` of the registration; needed without `miner_id` by who has several miners. */
                "x-miner-session"?: string;
                /** @description Id of the request, echoed and logged; one is made when it is absent or not of this form. */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateGpuOfferRequest"];
            };
        };
        responses: {
            /** @description The offer. */
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
                    "application/json": components["schemas"]["GpuOffer"];
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
    getGpuOffer: {
        parameters: {
            query?: never;
            header?: {
                /** @description Id of the request, echoed and logged; one is made when it is absent or not of this form. */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Id of a GPU offer. */
                offer_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The offer. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GpuOffer"];
                };
            };
            401: components["responses"]["unauthenticated"];
            404: components["responses"]["not_found"];
            429: components["responses"]["rate_limited"];
            500: components["responses"]["internal"];
        };
    };
    withdrawGpuOffer: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag of the version that is to be changed; 412 when the object has another one by now. */
                "If-Match"?: components["parameters"]["IfMatch"];
                /** @description Id of the request, echoed and logged; one is made when it is absent or not of this form. */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Id of a GPU offer. */
                offer_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is withdrawn. */
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
            409: components["responses"]["conflict"];
            412: components["responses"]["precondition_failed"];
            429: components["responses"]["rate_limited"];
            500: components["responses"]["internal"];
        };
    };
    bookGpuOffer: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes a repeat safe: for 24 h the same key with the same body gets the first answer again. With another body it is 422, while the first is in flight 409. A request that was refused or failed created nothing, and its key may be used again. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description Id of the request, echoed and logged; one is made when it is absent or not of this form. */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Id of a GPU offer. */
                offer_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The offer. */
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
                    "application/json": components["schemas"]["GpuOffer"];
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
    releaseGpuOffer: {
        parameters: {
            query?: never;
            header?: {
                /** @description Id of the request, echoed and logged; one is made when it is absent or not of this form. */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Id of a GPU offer. */
                offer_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The offer. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GpuOffer"];
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
    listMiners: {
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
                        items: components["schemas"]["Miner"][];
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
    streamJob: {
        parameters: {
            query?: never;
            header: {
                /** @description `session_token` of the registration; a newer one ends it. */
                "x-miner-session": string;
                /** @description Id of the request, echoed and logged; one is made when it is absent or not of this form. */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Id of a job that the miner holds. */
                job_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["JobChunksRequest"];
            };
        };
        responses: {
            /** @description Stored. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        job_id: string;
                        /** @enum {string} */
                        status: "ok";
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
    failJob: {
        parameters: {
            query?: never;
            header: {
                /** @description `session_token` of the registration; a newer one ends it. */
                "x-miner-session": string;
                /** @description Id of the request, echoed and logged; one is made when it is absent or not of this form. */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Id of a job that the miner holds. */
                job_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["JobFailureRequest"];
            };
        };
        responses: {
            /** @description What became of the job: it is in the queue again, or has failed. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        job_id: string;
                        /** @enum {string} */
                        state: "QUEUED" | "RUNNING" | "COMPLETED" | "FAILED" | "CANCELED" | "EXPIRED";
                        /** @enum {string} */
                        status: "ok";
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
    completeJob: {
        parameters: {
            query?: never;
            header: {
                /** @description `session_token` of the registration; a newer one ends it. */
                "x-miner-session": string;
                /** @description Id of the request, echoed and logged; one is made when it is absent or not of this form. */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Id of a job that the miner holds. */
                job_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["JobResultRequest"];
            };
        };
        responses: {
            /** @description Accepted. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        job_id: string;
                        receipt: components["schemas"]["JobReceipt"];
                        /** @enum {string} */
                        status: "ok";
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
    getMiner: {
        parameters: {
            query?: never;
            header?: {
                /** @description Id of the request, echoed and logged; one is made when it is absent or not of this form. */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Id of a miner. */
                miner_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The miner. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Miner"];
                };
            };
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            429: components["responses"]["rate_limited"];
            500: components["responses"]["internal"];
        };
    };
    removeMiner: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag of the version that is to be changed; 412 when the object has another one by now. */
                "If-Match"?: components["parameters"]["IfMatch"];
                /** @description Id of the request, echoed and logged; one is made when it is absent or not of this form. */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Id of a miner. */
                miner_id: string;
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
    setMinerCapabilities: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag of the version that is to be changed; 412 when the object has another one by now. */
                "If-Match"?: components["parameters"]["IfMatch"];
                /** @description Id of the request, echoed and logged; one is made when it is absent or not of this form. */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Id of a miner. */
                miner_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["CapabilitiesRequest"];
            };
        };
        responses: {
            /** @description The miner. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Miner"];
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
    getMinerEarnings: {
        parameters: {
            query?: {
                /** @description Receipts issued at this time or later (RFC 3339). */
                from?: string;
                /** @description Receipts issued before this time (RFC 3339). */
                to?: string;
            };
            header?: {
                /** @description Id of the request, echoed and logged; one is made when it is absent or not of this form. */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Id of a miner. */
                miner_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The sums. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MinerEarnings"];
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
    listMinerJobs: {
        parameters: {
            query?: {
                /** @description Whether to answer the total in `X-Total-Count`, which costs a count in the database. */
                count?: boolean;
                /** @description `next_cursor` of the page before. */
                cursor?: string;
                /** @description Requested at this time or later (RFC 3339). */
                from_time?: string;
                /** @description A service type. */
                job_type?: string;
                /** @description Most items of the answer, 1..200. */
                limit?: number;
                /** @description How many items to skip, for older clients; ignored with a cursor. */
                offset?: number;
                status?: "QUEUED" | "RUNNING" | "COMPLETED" | "FAILED" | "CANCELED" | "EXPIRED";
                /** @description Requested before this time (RFC 3339). */
                to_time?: string;
            };
            header?: {
                /** @description Id of the request, echoed and logged; one is made when it is absent or not of this form. */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Id of a miner. */
                miner_id: string;
            };
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
                    "X-Total-Count": components["headers"]["X-Total-Count"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["JobSummary"][];
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
    sendMinerHeartbeat: {
        parameters: {
            query?: never;
            header: {
                /** @description `session_token` of the registration; a newer one ends it. */
                "x-miner-session": string;
                /** @description Id of the request, echoed and logged; one is made when it is absent or not of this form. */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["MinerHeartbeatRequest"];
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
                        /** @description Of the jobs that it named, those that it does not hold any more: to be stopped. */
                        cancelled: string[];
                        /** @description Seconds after which the jobs of a silent miner go to others. */
                        lease_seconds: number;
                        /** @enum {string} */
                        status: "ok";
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
    pollJob: {
        parameters: {
            query?: never;
            header: {
                /** @description `session_token` of the registration; a newer one ends it. */
                "x-miner-session": string;
                /** @description Id of the request, echoed and logged; one is made when it is absent or not of this form. */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["PollRequest"];
            };
        };
        responses: {
            /** @description A job, held by this miner now. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AssignedJob"];
                };
            };
            /** @description None came in that time. */
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
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            422: components["responses"]["validation_failed"];
            429: components["responses"]["rate_limited"];
            500: components["responses"]["internal"];
        };
    };
    registerMiner: {
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
                "application/json": components["schemas"]["RegisterMinerRequest"];
            };
        };
        responses: {
            /** @description The session. */
            200: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Seconds after which the jobs of a silent miner go to others. */
                        lease_seconds: number;
                        miner_id: string;
                        /** @description A secret. */
                        session_token: string;
                        /** @enum {string} */
                        status: "ok";
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
    listServiceKinds: {
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
                        items: components["schemas"]["ServiceKind"][];
                        /** @description Send it as `cursor` to read on; null on the last page. */
                        next_cursor: string | null;
                    };
                };
            };
            401: components["responses"]["unauthenticated"];
            429: components["responses"]["rate_limited"];
            500: components["responses"]["internal"];
        };
    };
    getServiceDuration: {
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
            /** @description From submission to completion, the mean of the newest jobs of the kind. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Milliseconds; null when none was completed yet. */
                        usual_duration_ms: number | null;
                    };
                };
            };
            401: components["responses"]["unauthenticated"];
            404: components["responses"]["not_found"];
            429: components["responses"]["rate_limited"];
            500: components["responses"]["internal"];
        };
    };
    getServiceSchema: {
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
            404: components["responses"]["not_found"];
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
