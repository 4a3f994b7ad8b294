# A miner: the folder `miner-<VERSION>` that `npm run release` makes, on Debian. Built in the folder of the releases, with
# BuildKit (every Docker since 23):
#   docker build -f deploy/docker/miner.Dockerfile --build-arg VERSION=1.2.3 -t aitbc/miner:1.2.3 dist/releases
# It runs texts and what an inference endpoint answers. Programs of a command file, or CUDA, belong into an image of one's own:
#   FROM aitbc/miner:1.2.3

# Why this base, and why by tag: coordinator-api.Dockerfile.
FROM debian:12-slim AS release
ARG VERSION
WORKDIR /release
COPY miner-${VERSION} .
# What is missing, was changed, or does not belong to it stops the build.
RUN sha256sum --check --strict --quiet SHA256SUMS
RUN test "$(find . ! -type d ! -path ./SHA256SUMS | wc -l)" -eq "$(wc -l < SHA256SUMS)"
# So does another processor or an older C library, which would else show at the first start.
RUN bin/node --version
# Whoever built the release may have kept it to themselves (umask 077).
RUN chmod -R u=rwX,go=rX .

FROM debian:12-slim
ARG VERSION
LABEL org.opencontainers.image.title="aitbc-miner" \
  org.opencontainers.image.description="AITBC miner: executes jobs" \
  org.opencontainers.image.version="${VERSION}" \
  org.opencontainers.image.licenses="MIT" \
  org.opencontainers.image.base.name="docker.io/library/debian:12-slim"
# Another user than the services: a volume of theirs, mounted here by mistake, stays closed.
RUN install --directory --owner=10002 --group=10002 --mode=0700 /var/lib/aitbc-miner
COPY --from=release /release /opt/aitbc/current/miner
ENV NODE_ENV=production \
  MINER_STATE_DIR=/var/lib/aitbc-miner
WORKDIR /var/lib/aitbc-miner
VOLUME /var/lib/aitbc-miner
USER 10002:10002
STOPSIGNAL SIGTERM
# It listens nowhere, so that nothing can be asked whether it is well: the coordinator knows when it was last heard of.
HEALTHCHECK NONE
ENTRYPOINT ["/opt/aitbc/current/miner/bin/node", "/opt/aitbc/current/miner/main.js"]
