import childProcess from 'node:child_process'
import cluster from 'node:cluster'
import dgram from 'node:dgram'
import dns from 'node:dns'
import fs from 'node:fs'
import http from 'node:http'
import http2 from 'node:http2'
import https from 'node:https'
import inspector from 'node:inspector'
import nodeModule, { syncBuiltinESMExports } from 'node:module'
import net from 'node:net'
import tls from 'node:tls'
import v8 from 'node:v8'
import vm from 'node:vm'
import workerThreads from 'node:worker_threads'

declare const WebAssembly: object

const MODULES: readonly object[] = [
  childProcess,
  cluster,
  dgram,
  dgram.Socket.prototype,
  dns,
  dns.promises,
  dns.Resolver.prototype,
  fs,
  fs.promises,
  http,
  http.Agent.prototype,
  http2,
  https,
  inspector,
  net,
  net.Server.prototype,
  net.Socket.prototype,
  nodeModule,
  tls,
  v8,
  vm,
  workerThreads,
]
const KEPT_OF_PROCESS: ReadonlySet<string> = new Set(['hrtime', 'nextTick', 'emitWarning', 'emit', 'cwd'])
const GLOBALS = [
  'BroadcastChannel',
  'EventSource',
  'MessageChannel',
  'MessagePort',
  'WebSocket',
  'fetch',
  'navigator',
  'queueMicrotask',
  'setImmediate',
  'setInterval',
  'setTimeout',
] as const
const WEBASSEMBLY = ['Module', 'Instance', 'Memory', 'compile', 'instantiate', 'validate'] as const

/**
 * Takes from this process everything that reaches outside or starts code: the second wall behind Python's own
 * lock-down, for the case that a snippet gets at JavaScript. The first is the permission model the process was
 * started under, which cannot be lifted from inside.
 */
export function sealProcess(): void {
  const publish = syncBuiltinESMExports
  for (const module of MODULES) denyMethods(module, module)
  publish()
  for (const name of GLOBALS) deny(globalThis, name)
  // Pyodide reports its own end there, which must not become another failure.
  Reflect.set(globalThis, 'console', new Proxy({}, { get: () => ignore }))
  for (const name of WEBASSEMBLY) deny(WebAssembly, name)
  for (let at: object | null = process; at && at !== Object.prototype; at = Object.getPrototypeOf(at)) {
    denyMethods(process, at)
  }
}

/** Denies on `target` every method that `owner` has of its own; getters only of the process object. */
function denyMethods(target: object, owner: object): void {
  for (const [name, descriptor] of Object.entries(Object.getOwnPropertyDescriptors(owner))) {
    if (name === 'constructor' || (target === process && KEPT_OF_PROCESS.has(name))) continue
    if (typeof descriptor.value === 'function' || (descriptor.get && target === process)) deny(target, name)
  }
}

/** What cannot be redefined is at least overwritten where that is allowed. */
function deny(target: object, name: string): void {
  const descriptor = Object.getOwnPropertyDescriptor(target, name)
  if (descriptor?.configurable === false) {
    if (descriptor.writable === true) Reflect.set(target, name, denied)
    return
  }
  Object.defineProperty(target, name, { value: denied, writable: false, configurable: false })
}

function ignore(): void {
  // Nobody reads what is logged here.
}

function denied(): never {
  throw new Error('not available in calculations')
}
