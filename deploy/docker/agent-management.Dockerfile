# agent-management: the folder `agent-management-<VERSION>` that `npm run release` makes, on Debian. Built in the folder of the
# releases, with BuildKit (every Docker since 23):
#   docker build -f deploy/docker/agent-management.Dockerfile --build-arg VERSION=1.2.3 -t aitbc/agent-management:1.2.3 dist/releases

# Debian 12 has the C library (2.36) that the binaries of a release ask for, where it was built on Debian 12 or on something
# older. By tag: a digest would keep out the security updates of the base. Who needs each build to be the same one pins it.
FROM debian:12-slim AS release
ARG VERSION
WORKDIR /release
COPY agent-management-${VERSION} .
# What is missing, was changed, or does not belong to it stops the build.
RUN sha256sum --check --strict --quiet SHA256SUMS
RUN test "$(find . ! -type d ! -path ./SHA256SUMS | wc -l)" -eq "$(wc -l < SHA256SUMS)"
# So does another processor or an older C library, which would else show at the first start.
RUN bin/node --eval "require('sqlite3')"
# Whoever built the release may have kept it to themselves (umask 077).
RUN chmod -R u=rwX,go=rX .

FROM debian:12-slim
ARG VERSION
LABEL org.opencontainers.image.title="aitbc-agent-management" \
  org.opencontainers.image.description="AITBC agent management: agents, workflows and executions" \
  org.opencontainers.image.version="${VERSION}" \
  org.opencontainers.image.licenses="MIT" \
  org.opencontainers.image.base.name="docker.io/library/debian:12-slim"
# The owner of volumes, whichever release they are mounted into: by number, the same in both services. A new volume
# gets owner and mode of this folder.
RUN install --directory --owner=10001 --group=10001 --mode=0700 /var/lib/aitbc
# Owned by root: no service can change its own program.
COPY --from=release /release /opt/aitbc/current/agent-management
# In a container 127.0.0.1 is the container: nobody else would reach it.
ENV NODE_ENV=production \
  HOST=0.0.0.0 \
  PORT=8012 \
  DATABASE_URL=sqlite:/var/lib/aitbc/coordinator.db
WORKDIR /var/lib/aitbc
VOLUME /var/lib/aitbc
USER 10001:10001
EXPOSE 8012
STOPSIGNAL SIGTERM
# A start migrates the database, or waits for the other service that does: that may take as long as its unit allows.
HEALTHCHECK --interval=10s --timeout=5s --start-period=30m --retries=3 \
  CMD ["/opt/aitbc/current/agent-management/bin/node", "--eval", "fetch('http://127.0.0.1:' + process.env.PORT + '/ready').then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["/opt/aitbc/current/agent-management/bin/node", "/opt/aitbc/current/agent-management/main.js"]
