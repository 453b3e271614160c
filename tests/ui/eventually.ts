// Waits for a state, never for time.

/** Retries a claim until it holds, for 30 seconds at most; then fails with the claim's own message. */
export async function eventually<T>(claim: () => T | Promise<T>): Promise<T> {
  const deadline = Date.now() + 30_000;
  for (;;) {
    try {
      return await claim();
    } catch (failed) {
      if (Date.now() > deadline) throw failed;
      await new Promise((again) => setTimeout(again, 20));
    }
  }
}
