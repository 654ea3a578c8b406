import { openTestRun } from '../../src/platform/database/test-run.ts'

let close: (() => Promise<void>) | undefined

/** Called by Vitest once before all test files; PostgreSQL itself starts when the first test asks for it. */
export async function setup(): Promise<void> {
  close = await openTestRun()
}

export async function teardown(): Promise<void> {
  await close?.()
}
