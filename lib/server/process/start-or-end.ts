import "server-only";

/**
 * Ends the process, with the reason, when `start` fails. Next would keep it and answer 500 to everything, for ever and
 * without a worker, also when what was missing is there again: whoever supervises it can start it anew.
 */
export async function startOrEnd(start: () => Promise<void>): Promise<void> {
  try {
    await start();
  } catch (error) {
    process.stderr.write(
      `Posthorn cannot start: ${error instanceof Error ? reasonOf(error) : String(error)}\n`,
    );
    process.exit(1);
  }
}

/** A refused connection to several addresses has only a code. */
function reasonOf(error: NodeJS.ErrnoException): string {
  return error.message || error.code || error.name;
}
