import type { ParseArgsConfig } from 'node:util'
import type { Config } from '../config.ts'

/** Exit codes of every command: 0 done, 1 failed or found something, 2 used wrongly. */
export type ExitCode = 0 | 1 | 2

export type CommandArguments = {
  readonly config: Config
  readonly words: readonly string[]
  readonly options: Readonly<Record<string, string | boolean | undefined>>
}

/** One command of the command line. */
export type Command = {
  /** as typed, e.g. `audit verify` */
  readonly name: string
  readonly usage: string
  readonly help: string
  /** how many words may follow the name; one unless given */
  readonly mostWords?: number
  readonly options?: NonNullable<ParseArgsConfig['options']>
  readonly run: (given: CommandArguments) => Promise<ExitCode>
}

/** Thrown for what was typed wrongly; the message is shown with the usage, and the exit code is 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}
