import { totalmem } from "node:os";

/**
 * The server's settings, as command-line arguments: they win over postgresql.conf, so an upgrade of Posthorn changes
 * them for an old cluster too. `durable: false` is for tests that never crash.
 */
export function serverSettings(durable: boolean): string[] {
  const settings: Record<string, string> = {
    // Reached through the Unix socket in a folder of ours only.
    listen_addresses: "",
    unix_socket_permissions: "0700",
    max_connections: "200",
    shared_buffers: totalmem() >= 4 * 2 ** 30 ? "256MB" : "96MB",
    effective_cache_size: `${Math.max(256, Math.floor(totalmem() / 2 ** 21))}MB`,
    maintenance_work_mem: "128MB",
    work_mem: "8MB",
    // A queue writes much and keeps little: checkpoints by time, not by volume.
    max_wal_size: "2GB",
    checkpoint_timeout: "10min",
    wal_buffers: "16MB",
    fsync: durable ? "on" : "off",
    synchronous_commit: durable ? "on" : "off",
    full_page_writes: durable ? "on" : "off",
    // Short statements by the thousand: neither compiling them nor splitting them over processes pays.
    jit: "off",
    max_parallel_workers_per_gather: "0",
    // In the cluster's folder, where a crashed server finds and removes its own; a container's /dev/shm is small.
    dynamic_shared_memory_type: "mmap",
    random_page_cost: "1.1",
    // Tables with a high turnover bloat under the default pace.
    autovacuum_naptime: "15s",
    vacuum_cost_limit: "2000",
    // A client that was frozen inside a transaction must not hold its locks for ever.
    idle_in_transaction_session_timeout: "60s",
    timezone: "UTC",
    log_timezone: "UTC",
    log_min_messages: "warning",
    log_checkpoints: "off",
  };
  return Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
}
