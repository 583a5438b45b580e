# One image for API, worker and the one-shot preparation; the command says which.
FROM node:20-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY . .
RUN npm run build && npm prune --omit=dev

FROM node:20-bookworm-slim
# The worker's connection to Temporal verifies TLS with the system's certificates.
RUN apt-get update && apt-get install -y --no-install-recommends ca-certificates && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
# Key pair of the embedded token issuer; a volume of docker-compose.yml. Everything else is read-only.
RUN mkdir /data && chown node:node /data
USER node
ENV HOST=0.0.0.0 PORT=8080 PATTERNS_DIR=/app/dist/patterns
EXPOSE 8080
STOPSIGNAL SIGTERM
HEALTHCHECK NONE
# A larger young generation: requests leave much behind that is soon forgotten.
CMD ["node", "--max-semi-space-size=64", "dist/src/executor/server.js"]
