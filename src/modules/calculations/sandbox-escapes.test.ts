import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CalculationRequest } from './domain/calculation.ts'
import type { PythonValue } from './domain/python-value.ts'
import { createCalculationEngine } from './engine.ts'
import { makeRequest, makeSnippet, outcomeOf } from './make-request.ts'

const engine = createCalculationEngine({
  timeZone: 'UTC',
  packagesFolder: null,
  resultBytes: 100_000,
  attachmentBytes: 1_000_000,
})
let server: Server
let connections = 0

beforeAll(async () => {
  server = createServer()
  server.on('connection', () => connections++)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  await engine.check({ macro: 'a', source: 'a = 1', language: 'procedure' })
})
afterAll(async () => {
  await engine.close()
  server.close()
})

async function evaluateOne(source: string, changes: Partial<CalculationRequest> = {}): Promise<PythonValue> {
  return outcomeOf(
    await engine.evaluate(makeRequest({ testc: source }, {}, { timeoutMs: 5000, ...changes })),
    'testc',
  )
}

/** The last line of what a snippet ended with. */
async function lastLineOf(source: string): Promise<string | undefined> {
  return String(await evaluateOne(source))
    .replace('Invalid Test Procedure: ', '')
    .split('\n')
    .at(-2)
}

describe('JavaScript is out of reach', () => {
  it.each([
    ['js', 'import js'],
    ['pyodide_js', 'import pyodide_js'],
    ['pyodide', 'from pyodide.code import run_js'],
    ['_pyodide', 'import _pyodide._importhook'],
    ['_pyodide_core', 'import _pyodide_core'],
    ['the loaded modules', 'import statistics\nstatistics.sys.modules["_pyodide_core"]'],
    [
      'the built-in importer',
      'from importlib.machinery import BuiltinImporter, ModuleSpec\nimport _imp\n_imp.create_builtin(ModuleSpec("_pyodide_core", BuiltinImporter))',
    ],
    [
      'loading by importlib',
      'import importlib.util\ns = importlib.util.find_spec("_testcapi")\nimportlib.util.module_from_spec(s)',
    ],
    ['native code', 'import _imp\n_imp.create_dynamic(None)'],
    ['ctypes', 'import ctypes'],
    ['_ctypes', 'import _ctypes'],
    ['all objects', 'import gc\ngc.get_objects()'],
    ['referrers', 'import gc\ngc.get_referrers(len)'],
    [
      'exceptions made in JavaScript',
      'result = [c for c in Exception.__subclasses__() if c.__name__ == "JsException"][0].new("Error", "x")',
    ],
  ])('through %s', async (_, source) => {
    expect(await lastLineOf(source)).toMatch(
      /^(?:ModuleNotFoundError|PermissionError|AttributeError|ImportError|KeyError): /,
    )
  })

  it('through any object that Python still knows', async () => {
    const source = `
import sys
seen, found, queue = {}, [], [object, type, sys.modules, sys.meta_path, sys._getframe().f_back]
for own in (seen, found, queue, globals()): seen[id(own)] = None
while queue:
  item = queue.pop()
  if id(item) in seen: continue
  seen[id(item)] = item
  kind = type(item)
  if kind.__module__ == "pyodide.ffi" and not isinstance(item, type) and kind.__name__ != "JsNull":
    found.append(kind.__name__)
  elif isinstance(item, type): queue += [*type.__subclasses__(item), *item.__dict__.values()]
  elif kind is dict: queue += item.values()
  elif kind in (list, tuple, set, frozenset): queue += item
  elif kind.__name__ == "function": queue += [item.__globals__, item.__closure__, item.__defaults__, item.__dict__]
  elif kind.__name__ == "cell":
    try: queue.append(item.cell_contents)
    except ValueError: pass
  elif kind.__name__ == "frame": queue += [item.f_globals, dict(item.f_locals), item.f_back]
  else: queue += [getattr(item, "__dict__", None), getattr(item, "__self__", None), getattr(item, "__func__", None)]
result = [len(seen) > 20000, found]`
    expect(await evaluateOne(source)).toEqual([true, []])
  })
})

describe('the host is out of reach', () => {
  it.each([
    ['its files', `open(${JSON.stringify(import.meta.filename)}).read()`, 'FileNotFoundError'],
    ['its password file', 'open("/etc/passwd").read()', 'FileNotFoundError'],
    ['writing', 'open("/etc/touchstone", "w")', 'FileNotFoundError'],
    ['its shell', 'import os\nos.system("true")', 'PermissionError'],
    ['subprocess', 'import subprocess\nsubprocess.run(["true"])', 'OSError'],
    ['fork', 'import os\nos.fork()', 'PermissionError'],
    ['exec', 'import os\nos.execv("/bin/true", ["true"])', 'PermissionError'],
    ['spawn', 'import os\nos.posix_spawn("/bin/true", ["true"], {})', 'AttributeError'],
    [
      'multiprocessing',
      'import multiprocessing\nmultiprocessing.Process(target=print).start()',
      'ModuleNotFoundError',
    ],
    ['threads', 'import threading\nthreading.Thread(target=print).start()', 'RuntimeError'],
    ['signals', 'import os\nos.kill(os.getppid(), 9)', 'PermissionError'],
    ['sockets', 'import socket\nsocket.socket()', 'PermissionError'],
    ['socket pairs', 'import socket\nsocket.socketpair()', 'PermissionError'],
    ['name resolution', 'import socket\nsocket.getaddrinfo("localhost", 80)', 'PermissionError'],
    ['input', 'input()', 'EOFError'],
    ['a debugger', 'breakpoint()', 'SystemExit'],
  ])('%s', async (_, source, error) => {
    expect(await lastLineOf(source)).toMatch(new RegExp(`^${error}\\b`))
  })

  it('its network', async () => {
    const { port } = server.address() as AddressInfo
    const answer = await engine.evaluate(
      makeRequest({
        a: `import urllib.request\nurllib.request.urlopen("http://127.0.0.1:${port}/")`,
        b: `import socket\nsocket.create_connection(("127.0.0.1", ${port}))`,
        c: `import http.client\nc = http.client.HTTPConnection("127.0.0.1", ${port})\nc.request("GET", "/")`,
        d: `import _socket\n_socket.socket(2, 1).connect(("127.0.0.1", ${port}))`,
      }),
    )
    const outcomes = ['a', 'b', 'c', 'd'].map((macro) => answer.results.get(macro)?.outcome.kind)
    expect(outcomes).toEqual(['failed', 'failed', 'failed', 'failed'])
    expect(connections).toBe(0)
  })

  it('its environment', async () => {
    const { results } = await engine.evaluate(makeRequest({ testc: 'import os\nresult = dict(os.environ)' }))
    expect(results.get('testc')?.outcome).toEqual({
      kind: 'value',
      value: {
        HOME: '/home/calculation',
        LANG: 'C.UTF-8',
        LD_LIBRARY_PATH: '/usr/lib:/lib/python3.14/site-packages',
        LOGNAME: 'web_user',
        PATH: '/',
        PWD: '/',
        PYTHONHASHSEED: '0',
        PYTHONINSPECT: '1',
        USER: 'web_user',
        _: 'python',
      },
    })
  })

  it('the answers: what is written to the standard streams goes nowhere', async () => {
    const source =
      'import os, sys\nfor fd in (0, 1, 2):\n  try: os.write(fd, b"\\x10" * 5000)\n  except OSError: pass\nprint("x")\nsys.__stdout__.write("y")\nresult = 1'
    expect(await evaluateOne(source)).toBe(1)
    expect(await evaluateOne('result = 2')).toBe(2)
  })
})

describe('limits', { timeout: 120_000 }, () => {
  const TOO_LONG = 'Invalid Test Procedure: TimeoutError: testc took longer than 0.3 s\n'

  it.each([
    ['a loop', 'while True: pass'],
    [
      'a loop that catches everything',
      'while True:\n  try:\n    while True: pass\n  except BaseException: pass',
    ],
    [
      'a loop deaf to signals',
      'import signal\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\nwhile True: pass',
    ],
    ['one long instruction', 'result = len(str(3 ** (3 ** 18)))'],
    ['a regular expression', 'import re\nre.match("(a*)*b", "a" * 40)'],
    ['sleeping', 'import time\ntime.sleep(60)'],
    ['waiting for the clock', 'import time\nstart = time.time()\nwhile time.time() < start + 1: pass'],
    ['a generator that never ends', 'import itertools\nresult = sum(itertools.count())'],
  ])('of time: %s', async (_, source) => {
    const before = await evaluateOne('result = 1')
    expect([before, await evaluateOne(source, { timeoutMs: 300 }), await evaluateOne('result = 3')]).toEqual([
      1,
      TOO_LONG,
      3,
    ])
  })

  it('of time concern the snippet that ran; the others are calculated', async () => {
    const deaf = 'import signal\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\nwhile True: pass'
    const answer = await engine.evaluate(
      makeRequest({ a: 'a = x + 1', b: deaf, c: 'c = b', d: 'd = a + 1' }, { x: 1 }, { timeoutMs: 1000 }),
    )
    expect(['a', 'b', 'c', 'd'].map((macro) => outcomeOf(answer, macro))).toEqual([
      2,
      'Invalid Test Procedure: TimeoutError: b took longer than 1 s\n',
      'waiting',
      3,
    ])
  })

  it('of time are for the whole batch, with one more chance after the first overrun', async () => {
    const loop = 'while True: pass'
    const answer = await engine.evaluate(
      makeRequest({ a: loop, b: loop, c: 'c = 1' }, {}, { timeoutMs: 200 }),
    )
    expect(['a', 'b', 'c'].map((macro) => outcomeOf(answer, macro))).toEqual([
      'Invalid Test Procedure: TimeoutError: a took longer than 0.2 s\n',
      'Invalid Test Procedure: TimeoutError: b took longer than 0.2 s\n',
      'Invalid Test Procedure: TimeoutError: c was not calculated, because others took longer than 0.2 s\n',
    ])
  })

  it('do not hold up other batches: parties take turns on the processes that are free', async () => {
    const { promise, resolve } = Promise.withResolvers<PythonValue>()
    const utilities = { comments: {}, skips: {}, history: () => promise }
    const slow = evaluateOne('result = UTILS.previous_test_list_instance()', { utilities, party: 'a' })
    const quick = await Promise.all([1, 2, 3].map((n) => evaluateOne(`result = ${n}`, { party: 'b' })))
    resolve('at last')
    expect([quick, await slow]).toEqual([[1, 2, 3], 'at last'])
  })

  it.each([
    ['lists', 'x = []\nwhile True: x.append("x" * 10**6)'],
    ['one object', 'result = bytearray(10**9)'],
    [
      'catching it',
      'x = []\ntry:\n  while True: x.append(bytearray(10**6))\nexcept MemoryError:\n  x.append(bytearray(10**9))',
    ],
  ])('of memory: %s', async (_, source) => {
    expect(await lastLineOf(source)).toBe('MemoryError: the calculation needs more memory than it may use')
    expect(await evaluateOne('result = 1')).toBe(1)
  })

  it.each([
    ['files', 'f = open("/tmp/x", "wb")\nwhile True: f.write(bytes(10**6))', /^OSError: \[Errno 51\]/],
    [
      'a sparse file',
      'import os\nos.truncate(os.open("/tmp/x", os.O_CREAT | os.O_RDWR), 2**40)',
      /^OSError: /,
    ],
    [
      'many files',
      'i = 0\nwhile True:\n  i += 1\n  open(f"/tmp/{i}", "w").close()',
      /^OSError: \[Errno 51\]/,
    ],
    ['recursion', 'def f(): return f()\nf()', /^RecursionError: maximum recursion depth exceeded$/],
    [
      'a result',
      'result = "x" * 10**6',
      /^ValueError: testc failed with error: the result is larger than 100000 bytes\.$/,
    ],
  ])('of %s', async (_, source, expected) => {
    expect(await lastLineOf(source)).toMatch(expected)
  })

  it('of attachments', async () => {
    const request = makeRequest(
      { testc: 'for i in range(3): UTILS.write_file(str(i), "x" * 500_000)\nresult = 1' },
      {},
      { utilities: { comments: {}, skips: {} } },
    )
    expect(String(outcomeOf(await engine.evaluate(request), 'testc'))).toContain(
      'ValueError: the files of one calculation may hold 1000000 bytes together',
    )
  })
})

describe('a process that ends', { timeout: 120_000 }, () => {
  it.each([
    ['leaving', 'import os\nos._exit(3)', 'Program terminated with exit(3)'],
    ['aborting', 'import os\nos.abort()', 'unreachable'],
  ])('by %s is that snippet’s error', async (_, source, reason) => {
    const answer = await engine.evaluate(makeRequest({ a: source, b: 'b = 2' }))
    expect([outcomeOf(answer, 'a'), outcomeOf(answer, 'b')]).toEqual([
      `Invalid Test Procedure: SystemError: a ended the Python interpreter: ${reason}\n`,
      2,
    ])
  })

  it('by somebody else costs nothing but time', async () => {
    const single = createCalculationEngine({ timeZone: 'UTC', packagesFolder: null, processes: 1 })
    let killed = 0
    const history = async (): Promise<PythonValue> => {
      if (killed++ === 0) for (const pid of single.status().processes) process.kill(pid, 'SIGKILL')
      return 5
    }
    const answer = await single.evaluate(
      makeRequest(
        { a: 'a = 1', b: 'result = a + UTILS.previous_test_list_instance()' },
        {},
        { utilities: { comments: {}, skips: {}, history } },
      ),
    )
    expect([outcomeOf(answer, 'a'), outcomeOf(answer, 'b'), killed]).toEqual([1, 6, 1])
    for (const pid of single.status().processes) process.kill(pid, 'SIGKILL')
    const { results } = await single.evaluate(
      makeRequest({}, {}, { snippets: [makeSnippet({ macro: 'a', source: 'a = 2' })] }),
    )
    expect(results.get('a')?.outcome).toEqual({ kind: 'value', value: 2 })
    await single.close()
  })

  it('is replaced after a number of batches and when its memory grew', async () => {
    const single = createCalculationEngine({
      timeZone: 'UTC',
      packagesFolder: null,
      processes: 1,
      recycleAfter: 2,
    })
    const pids: number[] = []
    const history = async (): Promise<PythonValue> => {
      pids.push(...single.status().processes)
      return null
    }
    for (const source of ['a = 1', 'a = 2', 'a = len(bytearray(10**8))', 'a = 4']) {
      const asking = `UTILS.previous_test_list_instance()\n${source}`
      await single.evaluate(
        makeRequest({ a: asking }, {}, { utilities: { comments: {}, skips: {}, history } }),
      )
    }
    await single.close()
    const [first, second, third, fourth] = pids
    expect(pids).toHaveLength(4)
    expect([second === first, third === second, fourth === third]).toEqual([true, false, false])
  })
})
