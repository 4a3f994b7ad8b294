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
