import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { join } from 'node:path'
import type { Readable, Writable } from 'node:stream'
import { RefusedError } from '../../core/refusal.ts'
import { createFrameReader, encodeFrame } from './sandbox/frame.ts'
import { type Boot, type FromInterpreter, isFromInterpreter, type ToInterpreter } from './sandbox/protocol.ts'

const ENTRY = join(import.meta.dirname, 'sandbox', 'main.ts')
const WASM_PAGE_BYTES = 65_536
const HEAP_MIB = 192
/** A snapshot is as large as Python's memory after its start. */
const FRAME_SLACK_BYTES = 2 ** 26

export type InterpreterReply = { readonly message: FromInterpreter; readonly blobs: readonly Uint8Array[] }

/** One Python process. It answers one conversation at a time. */
export type InterpreterProcess = {
  readonly pid: number
  readonly versions: { readonly python: string; readonly packages: Readonly<Record<string, string>> }
  readonly imports: ReadonlySet<string>
  /** The snapshot it made while starting, when it was asked for one. */
  readonly snapshot: Uint8Array | undefined
  readonly send: (message: ToInterpreter, blobs?: readonly Uint8Array[]) => void
  /** The next reply; undefined when the process has ended. */
  readonly receive: () => Promise<InterpreterReply | undefined>
  readonly kill: () => void
  readonly hasEnded: () => boolean
  /** Settles when the process is gone. */
  readonly ended: Promise<void>
  /** Whether the process keeps the server from ending. */
  readonly hold: (state: 'busy' | 'idle') => void
}

export type InterpreterSettings = {
  readonly boot: Boot
  /** For a boot that loads one. */
  readonly snapshot: Uint8Array | undefined
  readonly timeZone: string
  readonly startTimeoutMs: number
}

type Child = ChildProcessByStdio<Writable, Readable, null>

/**
 * Starts a Python process that sees nothing of the host: no environment but the time zone, no files but
 * Pyodide's, the packages' and its own source, no processes, no code from strings.
 *
 * @throws RefusedError `upstream-failed` when Python does not start
 */
export async function startInterpreter(settings: InterpreterSettings): Promise<InterpreterProcess> {
  const { boot } = settings
  const child = spawn(process.execPath, [...interpreterArguments(boot), ENTRY], {
    env: { TZ: settings.timeZone },
    stdio: ['pipe', 'pipe', 'ignore'],
  })
  const mailbox = createMailbox(child, boot.limits.resultBytes * 2 + boot.limits.attachmentBytes)
  const timer = setTimeout(() => child.kill('SIGKILL'), settings.startTimeoutMs)
  writeFrame(child, boot, settings.snapshot ? [settings.snapshot] : [])
  const first = await mailbox.receive()
  clearTimeout(timer)
  if (first?.message.kind !== 'ready') {
    child.kill('SIGKILL')
    const reason = first?.message.kind === 'boot-failed' ? first.message.reason : 'it ended while starting'
    throw new RefusedError({ kind: 'upstream-failed', source: 'Python', reason })
  }
  const { python, packages } = first.message
  return {
    pid: child.pid ?? 0,
    versions: { python, packages },
    imports: new Set(boot.imports),
    snapshot: boot.snapshot === 'make' ? first.blobs[0] : undefined,
    send(message, blobs) {
      if (!mailbox.hasEnded()) writeFrame(child, message, blobs)
    },
    receive: mailbox.receive,
    kill: () => child.kill('SIGKILL'),
    hasEnded: mailbox.hasEnded,
    ended: mailbox.ended,
    hold: (state) => holdServer(child, state),
  }
}

function writeFrame(child: Child, message: ToInterpreter, blobs: readonly Uint8Array[] = []): void {
  for (const part of encodeFrame(message, blobs)) child.stdin.write(part)
}

/** The wall that cannot be lifted from inside: what Node allows the process at all. */
export function interpreterArguments(
  boot: Pick<Boot, 'pyodideFolder' | 'packagesFolder' | 'limits'>,
): string[] {
  const readable = [join(import.meta.dirname, 'sandbox'), boot.pyodideFolder]
  if (boot.packagesFolder !== null) readable.push(boot.packagesFolder)
  return [
    '--permission',
    ...readable.map((folder) => `--allow-fs-read=${folder}`),
    '--disallow-code-generation-from-strings',
    `--wasm-max-mem-pages=${Math.ceil(boot.limits.memoryBytes / WASM_PAGE_BYTES)}`,
    `--max-old-space-size=${HEAP_MIB}`,
    '--no-warnings',
  ]
}

/** Replies in the order of arrival. A reply that is none of ours ends the process. */
function createMailbox(child: Child, mostBytes: number) {
  const reader = createFrameReader(mostBytes + FRAME_SLACK_BYTES)
  const arrived: InterpreterReply[] = []
  let waiting: ((reply: InterpreterReply | undefined) => void) | undefined
  let ended = false
  const { promise, resolve: settle } = Promise.withResolvers<void>()

  const deliver = (reply: InterpreterReply | undefined): void => {
    const deliverTo = waiting
    waiting = undefined
    if (deliverTo) deliverTo(reply)
    else if (reply) arrived.push(reply)
  }
  const end = (): void => {
    if (ended) return
    ended = true
    deliver(undefined)
    settle()
  }
  child.stdout.on('data', (chunk: Buffer) => {
    const replies = readReplies(reader, chunk)
    if (replies === undefined) child.kill('SIGKILL')
    else for (const reply of replies) deliver(reply)
  })
  child.once('close', end)
  child.once('error', end)
  // The process ended while it was written to; 'close' tells.
  child.stdin.on('error', end)

  return {
    ended: promise,
    hasEnded: () => ended || child.exitCode !== null || child.signalCode !== null,
    receive(): Promise<InterpreterReply | undefined> {
      const reply = arrived.shift()
      if (reply || ended) return Promise.resolve(reply)
      return new Promise((resolve) => {
        waiting = resolve
      })
    },
  }
}

function readReplies(reader: ReturnType<typeof createFrameReader>, chunk: Uint8Array) {
  try {
    const replies: InterpreterReply[] = []
    for (const { message, blobs } of reader.push(chunk)) {
      if (!isFromInterpreter(message)) return undefined
      replies.push({ message, blobs })
    }
    return replies
  } catch (error) {
    if (error instanceof Error) return undefined
    throw error
  }
}

function holdServer(child: Child, state: 'busy' | 'idle'): void {
  const streams = [child, child.stdin, child.stdout]
  for (const held of streams) {
    const change: unknown = Reflect.get(held, state === 'busy' ? 'ref' : 'unref')
    if (typeof change === 'function') Reflect.apply(change, held, [])
  }
}
