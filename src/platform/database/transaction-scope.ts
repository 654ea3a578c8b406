import { AsyncLocalStorage } from 'node:async_hooks'

type Scope = { state: 'opening' | 'running' | 'over'; readonly afterCommit: (() => Promise<void>)[] }

/**
 * Knows, for one open database, whether the current asynchronous context is inside a transaction. It guards
 * against the outer `db` being used there: on SQLite a write would wait for itself, on both databases a read
 * would miss what the transaction wrote.
 */
export type TransactionScope = {
  /** Runs `open`, in which alone the driver may begin a transaction. */
  open<T>(open: () => Promise<T>): Promise<T>
  /** Marks the transaction as running while `run` does. */
  inside<T>(run: () => Promise<T>): Promise<T>
  requireOutside(): void
  requireOpening(): void
  isOpening(): boolean
  /** Runs `effect` once the surrounding transaction has committed, at once outside of one. */
  afterCommit(effect: () => Promise<void>): Promise<void>
}

export function transactionScope(): TransactionScope {
  const current = new AsyncLocalStorage<Scope>()

  function requireOutside(): void {
    if (current.getStore()?.state === 'running') {
      throw new Error(
        'The outer database was used inside a transaction; use the one the transaction was given.',
      )
    }
  }

  async function open<T>(run: () => Promise<T>): Promise<T> {
    if (current.getStore()?.state === 'running') throw new Error('Transactions do not nest.')
    const scope: Scope = { state: 'opening', afterCommit: [] }
    const result = await current.run(scope, run)
    for (const effect of scope.afterCommit) await effect()
    return result
  }

  async function inside<T>(run: () => Promise<T>): Promise<T> {
    const scope = current.getStore()
    if (!scope) throw new Error('No transaction is being opened.')
    scope.state = 'running'
    try {
      return await run()
    } finally {
      scope.state = 'over'
    }
  }

  function requireOpening(): void {
    if (!isOpening())
      throw new Error('Open transactions with the transaction function of the database handle.')
  }

  function isOpening(): boolean {
    return current.getStore()?.state === 'opening'
  }

  async function afterCommit(effect: () => Promise<void>): Promise<void> {
    const scope = current.getStore()
    if (scope?.state === 'running') scope.afterCommit.push(effect)
    else await effect()
  }

  return { open, inside, requireOutside, requireOpening, isOpening, afterCommit }
}
