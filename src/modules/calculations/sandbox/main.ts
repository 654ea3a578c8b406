import { type Conversation, runBatch } from './batch.ts'
import { leave, readFrame, sendFrame } from './channel.ts'
import { installDeterminism } from './determinism.ts'
import { type Interpreter, loadInterpreter } from './interpreter.ts'
import type { Boot, Proofread, ToInterpreter } from './protocol.ts'
import { sealProcess } from './seal.ts'

/**
 * The interpreter process: loads Python once, then answers one message after the other, blocking in between.
 * Its standard input and output are the only connection to the server.
 */
async function main(): Promise<void> {
  const { message: boot, blobs } = receive()
  if (boot.kind !== 'boot') throw new Error('the first message must be boot')
  const interpreter = await start(boot, blobs[0]?.slice())
  try {
    for (;;) answer(interpreter, boot)
  } catch {
    // A snippet
    // A snippet ended or broke the interpreter. The server knows which, from what was answered before.
    leave(1)
  }
}

async function start(boot: Boot, snapshot: Uint8Array | undefined): Promise<Interpreter> {
  try {
    admitPyodide()
    installDeterminism()
    const interpreter = await loadInterpreter(boot, snapshot)
    sealProcess()
    sendFrame({ kind: 'ready', ...interpreter.versions }, interpreter.snapshot ? [interpreter.snapshot] : [])
    return interpreter
  } catch (error) {
    sendFrame({ kind: 'boot-failed', reason: error instanceof Error ? error.message : String(error) })
    return leave(1)
  }
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
