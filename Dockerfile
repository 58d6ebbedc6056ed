# syntax=docker/dockerfile:1
FROM node:24-bookworm-slim AS build
WORKDIR /build
COPY package.json package-lock.json ./
# No package of ours needs its install script here: the launcher's own Node.js and embedded PostgreSQL stay out.
RUN npm ci --ignore-scripts
COPY . .
RUN node scripts/container/assemble.ts /app

FROM node:24-bookworm-slim
WORKDIR /app
# Beside the server, an operator's commands: rotate-keys, password-link.
ENV NODE_ENV=production PORT=3000 PATH=/app/bin:$PATH
COPY --from=build --chown=root:root /app .
# Reads its files and writes none: everything that lasts is in PostgreSQL.
USER node
EXPOSE 3000
# Running, not ready: to restart a process because its database is away helps nobody. /api/ready is for load balancers.
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=6 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/api/health`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
# As scripts/server-node-args.mjs says.
CMD ["node", "--max-semi-space-size=32", "main.mjs"]
