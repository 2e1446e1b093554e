# Debian, since the event engine is built for glibc.
FROM node:22-slim

WORKDIR /app

# Dependencies first: they change less often than the source. No package needs its install script; what the
# project itself generates after an install is run by name.
COPY package.json package-lock.json ./
COPY prisma ./prisma
COPY scripts/generate-prisma-client.js ./scripts/
RUN npm ci --omit=dev --ignore-scripts \
  && npm cache clean --force \
  && node scripts/generate-prisma-client.js

COPY . .
RUN npm run build:explorer

ENV NODE_ENV=production \
    ATLAS_DATA_DIR=/data \
    HOST=0.0.0.0 \
    PORT=4000

RUN mkdir /data && chown node:node /data
VOLUME /data
USER node
EXPOSE 4000

HEALTHCHECK --interval=10s --timeout=3s --start-period=60s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/healthz`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]

ENTRYPOINT ["node", "bin/atlas.js"]
CMD ["start"]
