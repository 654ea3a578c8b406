import { type Conversation, runBatch } from './batch.ts'
import { leave, readFrame, sendFrame } from './channel.ts'
import { installDeterminism } from './determinism.ts'
import { createInterpreter, type Interpreter } from './interpreter.ts'
import { loadPython } from './load-python.ts'
import { limitMemory } from './memory-limit.ts'
import type { Boot, Proofread, ToInterpreter } from './protocol.ts'
import { sealProcess } from './seal.ts'

const LONGEST_REASON = 2000

/**
 * The interpreter process: loads Python once, then answers one message after the other, blocking in between.
 * Its standard input and output are the only connection to the server.
 */
async function main(): Promise<void> {
  const { boot, interpreter } = await start()
  try {
    for (;;) answer(interpreter, boot)
  } catch (error) {
    sendFrame({ kind: 'broken', reason: reasonOf(error) })
    leave(1)
  }
}

async function start(): Promise<{ boot: Boot; interpreter: Interpreter }> {
  try {
    const { message: boot, blobs } = receive()
    if (boot.kind !== 'boot') throw new Error('the first message must be boot')
    admitPyodide()
    installDeterminism()
    limitMemory(boot.limits.memoryBytes)
    // A copy, since Pyodide needs it aligned.
    const snapshot = blobs[0]?.slice()
    release(blobs[0])
    const { python, made } = await loadPython(boot, snapshot)
    release(snapshot)
    const interpreter = createInterpreter(python, boot)
    sealProcess()
    sendFrame({ kind: 'ready', ...interpreter.versions }, made ? [made] : [])
    release(made)
    return { boot, interpreter }
  } catch (error) {
    sendFrame({ kind: 'boot-failed', reason: reasonOf(error) })
    return leave(1)
  }
}

/** Gives memory back at once: a process that blocks while it waits seldom collects garbage. */
function release(bytes: Uint8Array | undefined): void {
  if (bytes?.buffer instanceof ArrayBuffer) bytes.buffer.transfer(0)
}

/** Emscripten throws objects that are no errors when Python ends itself. */
function reasonOf(error: unknown): string {
  const hasMessage = typeof error === 'object' && error !== null && 'message' in error
  return String(hasMessage ? error.message : error).slice(0, LONGEST_REASON)
}

/**
 * Under the permission model `process.binding` throws, which Pyodide calls for constants it then never uses.
 * Finalizers would touch Python's memory after it was put back, at a time of the collector's choosing.
 */
function admitPyodide(): void {
  Reflect.set(process, 'binding', () => ({ fs: {} }))
  Reflect.set(
    globalThis,
    'FinalizationRegistry',
    class {
      register(): void {
        this.unregister()
      }
      unregister(): boolean {
        return false
      }
    },
  )
}

function answer(interpreter: Interpreter, boot: Boot): void {
  const { message, blobs } = receive()
  if (message.kind === 'evaluate') runBatch(interpreter, boot.limits, message, blobs, conversation)
  else if (message.kind === 'proofread') sendFrame(proofread(interpreter, message))
  else throw new Error(`no answer to ${message.kind}`)
}

function proofread(interpreter: Interpreter, { macro, source, language }: Proofread) {
  const problems = JSON.parse(interpreter.proofread(JSON.stringify({ macro, source, language })))
  return { kind: 'proofed', problems } as const
}

const conversation: Conversation = {
  send: sendFrame,
  receive: () => receive().message,
}

/** The server is trusted: its messages are what their type says. */
function receive(): { message: ToInterpreter; blobs: readonly Uint8Array[] } {
  const frame = readFrame()
  return { message: frame.message as ToInterpreter, blobs: frame.blobs }
}

await main()
