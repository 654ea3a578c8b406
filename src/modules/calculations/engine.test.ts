import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { RefusedError } from '../../core/refusal.ts'
import type { HistoryQuery } from './domain/calculation.ts'
import type { PythonValue } from './domain/python-value.ts'
import { createCalculationEngine } from './engine.ts'
import { makeRequest, makeSnippet, outcomeOf } from './make-request.ts'

const engine = createCalculationEngine({ timeZone: 'America/Toronto', packagesFolder: null })
beforeAll(() => engine.check({ macro: 'a', source: 'a = 1', language: 'procedure' }))
afterAll(() => engine.close())

/** The outcome of one snippet named testc. */
async function evaluateOne(
  source: string,
  variables: Readonly<Record<string, PythonValue>> = {},
  changes: Parameters<typeof makeRequest>[2] = {},
): Promise<PythonValue> {
  return outcomeOf(await engine.evaluate(makeRequest({ testc: source }, variables, changes)), 'testc')
}

const evaluateNumber = (source: string, variables: Readonly<Record<string, PythonValue>> = {}) =>
  evaluateOne(source, variables, { snippets: [makeSnippet({ macro: 'testc', source, expects: 'number' })] })

const failing = (lastLine: string, place = 'testc", line 1, in testc\n') =>
  `Invalid Test Procedure: ${place}${lastLine}\n`

describe('results', () => {
  it.each([
    ['the macro name', 'testc = a + b', 3],
    ['a variable named result', 'result = a / b', 0.5],
    ['result when both are set', 'testc = 1\nresult = 2', 2],
    ['whole division and remainder of Python', 'result = [-7 // 2, -7 % 3, 2 ** 10]', [-4, 2, 1024]],
    ["Python's rounding", 'result = [round(0.5), round(1.5), round(2.675, 2)]', [0, 2, 2.67]],
    ['math without an import', 'result = math.sqrt(16)', 4],
    ['text', 'result = f"{a} and {b}"', '1 and 2'],
    ['a structure', 'result = {"x": [1, 2.5, None, True]}', { x: [1, 2.5, null, true] }],
    ['a tuple and other keys', 'result = {1: (2, 3)}', { $dict: [[1, { $tuple: [2, 3] }]] }],
    ['a large integer', 'result = 2 ** 70', { $int: '1180591620717411303424' }],
    ['a number that is not finite inside a structure', 'result = [float("inf")]', [{ $float: 'inf' }]],
    ['functions and loops', 'def f(n):\n  return 1 if n < 2 else n * f(n - 1)\nresult = f(10)', 3628800],
  ])('come from %s', async (_, source, expected) => {
    expect(await evaluateOne(source, { a: 1, b: 2 })).toEqual(expected)
  })

  it.each([
    ['True', 1],
    ['None', null],
    ['""', ''],
    ['3', 3],
    ['2 ** 70', 2 ** 70],
    ['__import__("decimal").Decimal("1.5")', 1.5],
    ['__import__("fractions").Fraction(1, 4)', 0.25],
  ])('of a numerical calculation may be %s', async (expression, expected) => {
    expect(await evaluateNumber(`result = ${expression}`)).toBe(expected)
  })

  it.each([
    ['"12"', "'12'"],
    ['[1]', '[1]'],
    ['1j', '1j'],
  ])('of a numerical calculation may not be %s', async (expression, shown) => {
    expect(await evaluateNumber(`result = ${expression}`)).toBe(
      failing(`ValueError: testc has a result of ${shown}, which is not a number`, ''),
    )
  })

  it.each([
    ['result = float("nan")', "ValueError: testc has a result of 'nan'", ''],
    ['result = -math.inf', "ValueError: testc has a result of '-inf'", ''],
    [
      'result = {1, 2}',
      'ValueError: testc failed with error: Object of type set is not JSON serializable.',
      '',
    ],
    [
      'result = []\nresult.append(result)',
      'ValueError: testc failed with error: Circular reference detected.',
      '',
    ],
    [
      'result = {(1, 2): 3}',
      'ValueError: testc failed with error: keys must be str, int, float, bool or None, not tuple.',
      '',
    ],
    ['x = 1', "KeyError: 'testc'", ''],
    ['result = 1 / 0', 'ZeroDivisionError: division by zero', undefined],
    ['result = test1', "NameError: name 'test1' is not defined", undefined],
    ['x = 1\nresult = = 2', 'SyntaxError: invalid syntax', 'testc", line 2\n    result = = 2\n'],
    [
      'def f():\n  return [][1]\nresult = f()',
      'IndexError: list index out of range',
      'testc", line 2, in f\n',
    ],
    ['assert False', 'AssertionError', undefined],
    ['raise SystemExit(3)', 'SystemExit: 3', undefined],
    [
      'import statistics\nresult = statistics.mean([])',
      'statistics.StatisticsError: mean requires at least one data point',
      'testc", line 2, in testc\n  File "/lib/python314.zip/statistics.py", line 177, in mean\n',
    ],
  ])('of %j are an error', async (source, lastLine, place) => {
    expect(await evaluateOne(source)).toBe(failing(lastLine, place))
  })

  it('carry class, message and line of a failure', async () => {
    const answer = await engine.evaluate(makeRequest({ testc: 'x = 1\nresult = x["a"]' }))
    expect(answer.results.get('testc')?.outcome).toMatchObject({
      kind: 'failed',
      failure: { type: 'TypeError', message: "'int' object is not subscriptable", line: 2 },
    })
  })
})

describe('a batch', () => {
  it('runs in the order of dependencies and shows values and structures to later snippets', async () => {
    const answer = await engine.evaluate(
      makeRequest({
        a_total: 'a_total = b_table["x"][1] + c_number',
        b_table: 'b_table = {"x": (1, 2), 3: 4}',
        c_number: 'result = b_table[3] * 2',
      }),
    )
    expect([...answer.results.keys()]).toEqual(['b_table', 'c_number', 'a_total'])
    expect(outcomeOf(answer, 'a_total')).toBe(10)
  })

  it('names cycles and goes on with the rest', async () => {
    const answer = await engine.evaluate(makeRequest({ a: 'a = b', b: 'b = a', c: 'c = a', d: 'd = 1' }))
    expect(['a', 'b', 'c', 'd'].map((macro) => outcomeOf(answer, macro))).toEqual([
      'Cyclic test dependency',
      'Cyclic test dependency',
      'Cyclic test dependency',
      1,
    ])
  })

  it.each([
    ['an empty input', { test1: null }, 'waiting'],
    ['an empty text', { test1: '' }, 'waiting'],
    [
      'an input that is there',
      { test1: 'x' },
      failing('TypeError: can only concatenate str (not "int") to str'),
    ],
    ['an input that was not sent', {}, failing("NameError: name 'test1' is not defined")],
  ])('waits for input: %s', async (_, variables, expected) => {
    expect(await evaluateOne('result = test1 + 1', variables)).toBe(expected)
  })

  it('waits for a calculation that failed or has no value', async () => {
    const answer = await engine.evaluate(
      makeRequest({
        a: 'a = 1 / 0',
        b: 'b = a + 1',
        c: 'c = None',
        d: 'd = c + 1',
        e: 'e = e1\n',
        e1: 'e1 = ""',
      }),
    )
    expect(['b', 'd', 'e'].map((macro) => outcomeOf(answer, macro))).toEqual(['waiting', 'waiting', ''])
  })

  it('gives each snippet a namespace of its own', async () => {
    const answer = await engine.evaluate(
      makeRequest({ a: 'helper = 5\nresult = 1', b: 'result = helper', c: 'result = result' }, {}),
    )
    expect(outcomeOf(answer, 'b')).toBe(
      failing("NameError: name 'helper' is not defined", 'b", line 1, in b\n'),
    )
    expect(outcomeOf(answer, 'c')).toBe(
      failing("NameError: name 'result' is not defined", 'c", line 1, in c\n'),
    )
  })

  it('gives each snippet its own copy of structures', async () => {
    const answer = await engine.evaluate(
      makeRequest({ a: 'table.append(3)\nresult = len(table)', b: 'result = len(table)' }, { table: [1, 2] }),
    )
    expect([outcomeOf(answer, 'a'), outcomeOf(answer, 'b')]).toEqual([3, 2])
  })

  it('shows META, REFS and TOLS, which are never empty inputs', async () => {
    const names = {
      META: { cycle_day: 1, work_started: { $datetime: '2019-07-25T10:49:00-04:00' } },
      REFS: { test1: null },
      TOLS: { test1: { act_low: -2.5 } },
    }
    const source =
      'result = [META["cycle_day"], META["work_started"].hour, REFS["test1"], TOLS["test1"]["act_low"]]'
    expect(await evaluateOne(source, {}, { names })).toEqual([1, 10, null, -2.5])
  })

  it('answers nothing for no snippets, without starting Python', async () => {
    const { results } = await engine.evaluate(makeRequest({}))
    expect([...results]).toEqual([])
  })
})

describe('dates', () => {
  const variables = {
    day: { $date: '2019-08-01' },
    moment: { $datetime: '2019-08-02T23:45:10.500000-04:00' },
  }

  it.each([
    ['result = day', { $date: '2019-08-01' }],
    ['result = moment', { $datetime: '2019-08-02T23:45:10.500000-04:00' }],
    ['result = (moment.date() - day).days', 1],
    ['result = moment.utcoffset().total_seconds()', -14400],
    ['import datetime\nresult = datetime.time(10, 30)', { $time: '10:30:00' }],
  ])('%s', async (source, expected) => {
    expect(await evaluateOne(source, variables)).toEqual(expected)
  })
})

describe('the same inputs give the same result', () => {
  it.each([
    ['now', 'import datetime\nresult = datetime.datetime.now()', { $datetime: '2019-07-25T10:49:47.123000' }],
    [
      'now with its zone',
      'import datetime\nresult = datetime.datetime.now().astimezone()',
      { $datetime: '2019-07-25T10:49:47.123000-04:00' },
    ],
    [
      'now in UTC',
      'import datetime\nresult = datetime.datetime.now(datetime.timezone.utc)',
      { $datetime: '2019-07-25T14:49:47.123000+00:00' },
    ],
    ['today', 'from datetime import date\nresult = date.today()', { $date: '2019-07-25' }],
    ['seconds since 1970', 'import time\nresult = round(time.time(), 3)', 1564066187.123],
    ['local time', 'import time\nresult = time.strftime("%H:%M %z")', '10:49 -0400'],
    ['hashes', 'result = hash("x")', -1819822983],
  ])('%s', async (_, source, expected) => {
    expect(await evaluateOne(source)).toEqual(expected)
  })

  it('uses the winter offset in winter', async () => {
    const at = new Date('2020-01-15T12:00:00Z')
    expect(await evaluateOne('import time\nresult = time.strftime("%H:%M %z")', {}, { at })).toBe(
      '07:00 -0500',
    )
  })

  it('draws the same random numbers for the same seed and macro only', async () => {
    const source =
      'import os, random, secrets, uuid\nresult = [random.random(), os.urandom(4).hex(), secrets.randbelow(9**9), str(uuid.uuid4())]'
    const [first, again, other] = await Promise.all([
      evaluateOne(source),
      evaluateOne(source),
      evaluateOne(source, {}, { seed: 'session 2' }),
    ])
    expect(again).toEqual(first)
    expect(other).not.toEqual(first)
    const answer = await engine.evaluate(
      makeRequest({ a: 'import random\na = random.random()', b: 'import random\nb = random.random()' }),
    )
    expect(outcomeOf(answer, 'a')).not.toBe(outcomeOf(answer, 'b'))
  })

  it('records the versions', async () => {
    const { versions } = await engine.evaluate(makeRequest({ a: 'a = 1' }))
    expect(versions).toEqual({ python: '3.14.2', pyodide: '314.0.7', packages: {} })
  })
})

describe('nothing is left for the next snippet by', () => {
  it.each([
    ['changing a module', 'math.pi = 3', 'result = math.pi > 3.14'],
    ['adding to a module', 'math.leftover = 3', 'result = not hasattr(math, "leftover")'],
    ['replacing a built-in', 'import builtins\nbuiltins.len = lambda x: 99', 'result = len([1]) == 1'],
    [
      'patching a class',
      'import json\njson.JSONEncoder.default = lambda s, o: "patched"',
      'import json\ntry:\n  json.dumps({1, 2})\n  result = False\nexcept TypeError:\n  result = True',
    ],
    [
      'setting a precision',
      'import decimal\ndecimal.getcontext().prec = 3',
      'import decimal\nresult = decimal.getcontext().prec == 28',
    ],
    ['importing', 'import xml.dom.minidom', 'import sys\nresult = "xml.dom.minidom" not in sys.modules'],
    [
      'hiding a module',
      'import sys\ndel sys.modules["json"]\nsys.modules["csv"] = None',
      'import csv, json\nresult = True',
    ],
    [
      'writing a file',
      'open("/tmp/x", "w").write("x")\nopen("y", "w").write("y")',
      'import os\nresult = os.listdir("/tmp") + os.listdir(".") == []',
    ],
    [
      'making folders and links',
      'import os\nos.makedirs("/tmp/a/b")\nos.symlink("/lib", "/tmp/a/b/c")\nos.chdir("/tmp/a")',
      'import os\nresult = os.listdir("/tmp") == [] and os.getcwd() == "/home/calculation"',
    ],
    [
      'leaving files open',
      'import os\nfor i in range(20): os.open("/tmp/f" + str(i), os.O_CREAT)',
      'import os\nfd = os.open("/tmp/g", os.O_CREAT)\nresult = fd < 10',
    ],
    [
      'closing the standard streams',
      'import os\nos.close(0)\nos.close(1)',
      'import os\nos.fstat(0), os.fstat(1)\nresult = True',
    ],
    ['the environment', 'import os\nos.environ["X"] = "1"', 'import os\nresult = "X" not in os.environ'],
    [
      'the recursion limit',
      'import sys\nsys.setrecursionlimit(50)',
      'import sys\nresult = sys.getrecursionlimit() > 500',
    ],
    [
      'a random state',
      'import random\nrandom.random = lambda: 4',
      'import random\nresult = random.random() < 1',
    ],
    ['standard output', 'import sys\nsys.stdout = None\nsys.__stdout__ = None', 'print("x")\nresult = True'],
    [
      'a trace function',
      'import sys\nsys.settrace(lambda *a: None)',
      'import sys\nresult = sys.gettrace() is None',
    ],
  ])('%s', async (_, leave, look) => {
    const answer = await engine.evaluate(makeRequest({ a: `${leave}\na = True`, b: `${look}\nb = result` }))
    expect([outcomeOf(answer, 'a'), outcomeOf(answer, 'b')]).toEqual([true, true])
  })

  it('trying to change the files of the interpreter', async () => {
    const answer = await engine.evaluate(
      makeRequest({
        a: 'open("/lib/python314.zip", "wb")',
        b: 'import os\nos.remove("/lib/python314.zip")',
        c: 'import os\nos.truncate("/lib/python314.zip", 0)',
        d: 'open("/etc", "w")',
      }),
    )
    const errors = ['a', 'b', 'c', 'd'].map((macro) => String(outcomeOf(answer, macro)).split('\n').at(-2))
    expect(errors).toEqual([
      "OSError: [Errno 69] Read-only file system: '/lib/python314.zip'",
      "OSError: [Errno 69] Read-only file system: '/lib/python314.zip'",
      "OSError: [Errno 69] Read-only file system: '/lib/python314.zip'",
      "OSError: [Errno 69] Read-only file system: '/etc'",
    ])
  })
})

describe('UTILS', () => {
  const utilities = { comments: { test1: 'noted' }, skips: { test1: true } }

  it('is there only when asked for', async () => {
    expect(await evaluateOne('result = UTILS')).toBe(failing("NameError: name 'UTILS' is not defined"))
  })

  it('reads and sets comments and skips', async () => {
    const answer = await engine.evaluate(
      makeRequest(
        {
          a: 'UTILS.set_comment(UTILS.get_comment("test1") + "!")\nUTILS.set_skip("test2", True)\na = UTILS.get_skip("test1")',
          b: 'b = [a, UTILS.get_skip("test2"), UTILS.get_skip("test3"), UTILS.get_comment("x")]',
        },
        {},
        { utilities },
      ),
    )
    expect(answer.results.get('a')?.comment).toBe('noted!')
    expect(answer.results.get('b')?.comment).toBeNull()
    expect(outcomeOf(answer, 'b')).toEqual([true, true, false, ''])
    expect(answer.skips).toEqual({ test2: true })
  })

  it('attaches texts, bytes and open files', async () => {
    const source = `import io
UTILS.write_file("folder/a.txt", "ä")
UTILS.write_file("b.bin", b"\\x00\\xff")
UTILS.write_file("c.txt", io.StringIO("text"))
UTILS.write_file("d.txt", 12)
result = 1`
    const answer = await engine.evaluate(makeRequest({ a: source }, {}, { utilities }))
    const attached = answer.results.get('a')?.attachments.map(({ name, content }) => [name, [...content]])
    expect(attached).toEqual([
      ['a.txt', [0xc3, 0xa4]],
      ['b.bin', [0, 255]],
      ['c.txt', [...Buffer.from('text')]],
      ['d.txt', [0x31, 0x32]],
    ])
  })

  it('attaches whatever knows how to save itself, in the format of the name', async () => {
    const source = `class Figure:
  def savefig(self, target, format): target.write(format.encode())
class Image:
  convert = None
  def save(self, target, format): target.write(format.encode())
UTILS.write_file("plot.svg", Figure())
UTILS.write_file("photo.jpg", Image())
result = 1`
    const answer = await engine.evaluate(makeRequest({ a: source }, {}, { utilities }))
    const attached = answer.results
      .get('a')
      ?.attachments.map(({ name, content }) => [name, String(Buffer.from(content))])
    expect(attached).toEqual([
      ['plot.svg', 'svg'],
      ['photo.jpg', 'JPEG'],
    ])
  })

  it('says what is missing for a figure', async () => {
    expect(await evaluateOne('result = UTILS.get_figure()', {}, { utilities })).toBe(
      failing(
        `ModuleNotFoundError: No module named 'matplotlib': it is not among the Python packages of this server (an administrator adds it with "touchstone python install matplotlib")`,
      ),
    )
  })
})

describe('history', () => {
  const stored = {
    $record: {
      value: 12.5,
      string_value: null,
      skipped: false,
      comment: 'fine',
      pass_fail: 'ok',
      json_value: { a: 1 },
      work_completed: { $datetime: '2019-07-24T10:00:00-04:00' },
      reference: { $record: { value: 12 } },
      tolerance: null,
    },
  }

  it('is asked of the caller once per question, with every argument by name', async () => {
    const queries: HistoryQuery[] = []
    const history = async (query: HistoryQuery): Promise<PythonValue> => {
      queries.push(query)
      return stored
    }
    const source = `p = UTILS.previous_test_instance("test1")
q = UTILS.previous_test_instance("test1", exclude_skipped=False)
again = UTILS.previous_test_instance("test1")
result = [p.value, p.reference.value, p.comment, p.json_value["a"], p.work_completed.year, p.tolerance, again.value]`
    const result = await evaluateOne(source, {}, { utilities: { comments: {}, skips: {}, history } })
    expect(result).toEqual([12.5, 12, 'fine', 1, 2019, null, 12.5])
    const args = { test: 'test1', same_list_only: true, include_in_progress: false, exclude_skipped: true }
    expect(queries).toEqual([
      { method: 'previous_test_instance', args },
      { method: 'previous_test_instance', args: { ...args, exclude_skipped: false } },
    ])
  })

  it('passes dates and missing arguments on, and None comes back for nothing', async () => {
    const queries: HistoryQuery[] = []
    const history = async (query: HistoryQuery): Promise<PythonValue> => {
      queries.push(query)
      return null
    }
    const source =
      'import datetime\nresult = [UTILS.previous_test_list_instance(), UTILS.get_test_instance(test_id=3, start_window=datetime.date(2019, 1, 1))]'
    expect(await evaluateOne(source, {}, { utilities: { comments: {}, skips: {}, history } })).toEqual([
      null,
      null,
    ])
    expect(queries).toEqual([
      { method: 'previous_test_list_instance', args: { include_in_progress: false } },
      {
        method: 'get_test_instance',
        args: {
          test_id: 3,
          test_name: null,
          test_list_id: null,
          include_in_progress: false,
          exclude_skipped: true,
          include_invalid: false,
          unit_number: null,
          start_window: { $date: '2019-01-01' },
          end_window: null,
        },
      },
    ])
  })

  it('cannot be swallowed by the snippet', async () => {
    const history = async (): Promise<PythonValue> => stored
    const source =
      'try:\n  x = UTILS.previous_test_instance("a").value\nexcept BaseException:\n  x = -1\nresult = x'
    expect(await evaluateOne(source, {}, { utilities: { comments: {}, skips: {}, history } })).toBe(12.5)
  })

  it('leaves no effects of the runs that were given up', async () => {
    const history = async (): Promise<PythonValue> => stored
    const source = `UTILS.write_file("a.txt", "a")
UTILS.set_skip("s", True)
math.calls = getattr(math, "calls", 0) + 1
result = [UTILS.previous_test_instance("a").value, math.calls]`
    const answer = await engine.evaluate(
      makeRequest({ testc: source }, {}, { utilities: { comments: {}, skips: {}, history } }),
    )
    expect(outcomeOf(answer, 'testc')).toEqual([12.5, 1])
    expect(answer.results.get('testc')?.attachments).toHaveLength(1)
  })

  it('is limited', async () => {
    const history = async (): Promise<PythonValue> => stored
    const source = 'result = sum(UTILS.previous_test_instance(f"t{i}").value for i in range(40))'
    expect(await evaluateOne(source, {}, { utilities: { comments: {}, skips: {}, history } })).toBe(
      failing('RuntimeError: a calculation may ask for at most 32 earlier results', ''),
    )
  })

  it('lets the failure of the caller rise, and the next batch runs', async () => {
    const history = async (): Promise<PythonValue> => {
      throw new Error('the database is gone')
    }
    const request = makeRequest(
      { testc: 'result = UTILS.previous_test_list_instance()' },
      {},
      { utilities: { comments: {}, skips: {}, history } },
    )
    await expect(engine.evaluate(request)).rejects.toThrow('the database is gone')
    expect(await evaluateOne('result = 2')).toBe(2)
  })
})

describe('uploads', () => {
  const file = { name: 'some file.txt', content: new TextEncoder().encode('größe\n12.5\n') }
  const evaluateFile = async (source: string, name = file.name) =>
    evaluateOne(source, {}, { snippets: [makeSnippet({ macro: 'testc', source, file: { ...file, name } })] })

  it.each([
    ['text', 'result = FILE.read().split()', ['größe', '12.5']],
    ['lines', 'result = [float(line) for line in FILE if line[0].isdigit()]', [12.5]],
    ['bytes', 'result = len(BIN_FILE.read())', 13],
    ['a path', 'result = open(BIN_FILE.path, "rb").read(2).hex()', '6772'],
    ['a name', 'result = FILE.name', '/upload/some file.txt'],
  ])('show a file as %s', async (_, source, expected) => {
    expect(await evaluateFile(source)).toEqual(expected)
  })

  it.each([['../../lib/python314.zip'], ['..'], ['']])('named %j stay in their folder', async (name) => {
    expect(
      await evaluateFile(
        'import os\nresult = [os.path.dirname(FILE.name), len(os.listdir("/upload"))]',
        name,
      ),
    ).toEqual(['/upload', 1])
  })

  it('are gone for the next snippet', async () => {
    await evaluateFile('result = 1')
    expect(await evaluateOne('import os\nresult = os.listdir("/upload")')).toEqual([])
  })
})

describe('packages that are not provided', () => {
  const missing = (name: string) =>
    failing(
      `ModuleNotFoundError: No module named '${name}': it is not among the Python packages of this server (an administrator adds it with "touchstone python install ${name}")`,
    )

  it.each([
    ['numpy named without an import', 'result = numpy.mean([1])', missing('numpy')],
    ['an import of numpy', 'import numpy as np', missing('numpy')],
    ['dicom', 'result = dicom.dcmread(1)', missing('pydicom')],
    ['any other', 'from pylinac.core import image', missing('pylinac')],
    ['only where they are used', 'if False:\n  numpy.mean()\nresult = 1', 1],
    ['not where the snippet expects it', 'try:\n  import numpy\nexcept ImportError:\n  result = 2', 2],
  ])('%s', async (_, source, expected) => {
    expect(await evaluateOne(source)).toBe(expected)
  })
})

describe('formulas', () => {
  const evaluateFormula = (source: string, variables: Readonly<Record<string, PythonValue>> = {}) =>
    evaluateOne(source, variables, {
      snippets: [makeSnippet({ macro: 'testc', source, language: 'formula' })],
    })

  it.each([
    ['a + b * 2', 5],
    ['(a +\n b) if a < b else 0', 3],
    ['math.sqrt(16) + math.pi - math.pi', 4],
    ['statistics.mean([a, b])', 1.5],
    ['max(a, b) ** 2 // 3', 1],
    ['"x" if not (a and b) else "y"', 'y'],
  ])('%j', async (source, expected) => {
    expect(await evaluateFormula(source, { a: 1, b: 2 })).toBe(expected)
  })

  it.each([
    ['a.real', "'.real' is not allowed in a formula"],
    ['math', "'math' is not a value"],
    ['math.__class__', "'.__class__' is not allowed in a formula"],
    ['lambda: 1', 'Lambda is not allowed in a formula'],
    ['(lambda: 1)()', "'lambda: 1' is not a function of formulas"],
    ['open("x")', "'open' is not a function of formulas"],
    ['[x for x in y]', 'ListComp is not allowed in a formula'],
    ['a if (b := 1) else 2', 'NamedExpr is not allowed in a formula'],
    ['round(a, ndigits=1)', 'named arguments are not allowed in a formula'],
    ['f"{a}"', 'JoinedStr is not allowed in a formula'],
    ['a[0]', 'Subscript is not allowed in a formula'],
    ['a = 1', 'invalid syntax'],
  ])('%j is more than a formula may hold', async (source, message) => {
    const [problem] = await engine.check({ macro: 'testc', source, language: 'formula' })
    expect(problem?.message).toContain(message)
    expect(await evaluateFormula(source, { a: 1 })).toContain(message)
  })

  it('name the class of an arithmetic failure', async () => {
    const snippets = [makeSnippet({ macro: 'testc', source: 'a / 0', language: 'formula' })]
    const { results } = await engine.evaluate(makeRequest({}, { a: 1 }, { snippets }))
    expect(results.get('testc')?.outcome).toMatchObject({
      kind: 'failed',
      failure: { type: 'ZeroDivisionError' },
    })
  })
})

describe('checks before saving', () => {
  const noResult =
    'Snippet must set macro name to a value or contain a result line (e.g. m = my_var/another_var*2 or result = my_var/another_var*2)'

  it.each([
    ['testc = 1', []],
    ['result = 1', []],
    ['if a:\n  result = 1\nelse:\n  testc = 2', []],
    ['for testc in range(3): pass', []],
    ['a, (testc, *b) = c', []],
    ['from m import x as result', []],
    ['with f() as result: pass', []],
    ['testc += 1', []],
    ['def result(): pass', []],
    ['x = 1', [noResult]],
    ['', [noResult]],
    ['def f():\n  result = 1', [noResult]],
    ['result == 1', [noResult]],
    ['x.result = 1', [noResult]],
    ['result = = 1', ['Calculation procedure invalid: line 1: invalid syntax']],
    ['result = 1\n  x = 2', ['Calculation procedure invalid: line 2: unexpected indent']],
    ['return 1', ["Calculation procedure invalid: line 1: 'return' outside function"]],
    ['result = "\0"', ['Calculation procedure invalid: source code string cannot contain null bytes']],
  ])('%j', async (source, expected) => {
    const problems = await engine.check({ macro: 'testc', source, language: 'procedure' })
    expect(problems.map(({ message }) => message)).toEqual(expected)
  })

  it('survive hostile nesting', async () => {
    const source = `result = ${'('.repeat(100_000)}`
    const problems = await engine.check({ macro: 'testc', source, language: 'procedure' })
    expect(problems).toHaveLength(1)
    expect(await evaluateOne(source)).toContain('Invalid Test Procedure: ')
  })
})

describe('the engine', { timeout: 120_000 }, () => {
  it('starts nothing before it is asked and nothing stays when it is idle', async () => {
    const idle = createCalculationEngine({ timeZone: 'UTC', packagesFolder: null, idleMs: 1 })
    expect(idle.status()).toEqual({ processes: [], waiting: 0 })
    await idle.evaluate(makeRequest({ a: 'a = 1' }))
    await expect.poll(() => idle.status().processes).toEqual([])
    await idle.close()
  })

  it('does not keep the server from ending', () => {
    const script = `import { createCalculationEngine } from ${JSON.stringify(join(import.meta.dirname, 'engine.ts'))}
const engine = createCalculationEngine({ timeZone: 'UTC', packagesFolder: null })
await engine.evaluate({ snippets: [{ macro: 'a', source: 'a = 1', language: 'procedure', expects: 'any' }], variables: {}, at: new Date(), seed: '' })
console.log(engine.status().processes.length)`
    const { stdout, status } = spawnSync(process.execPath, ['--input-type=module', '--eval', script], {
      encoding: 'utf8',
    })
    expect({ stdout, status }).toEqual({ stdout: '1\n', status: 0 })
  })

  it('keeps what is printed, up to a limit', async () => {
    const answer = await engine.evaluate(
      makeRequest({ a: 'print("hello")\na = 1', b: 'print("x" * 10**6)\nb = 1' }),
    )
    expect(answer.results.get('a')?.output).toBe('hello\n')
    expect(answer.results.get('b')?.output).toHaveLength(65_536)
  })

  it('refuses at once what its caller gave up', async () => {
    const reason = new Error('typed on')
    const request = makeRequest({ a: 'a = 1' })
    await expect(engine.evaluate(request, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason)
    const controller = new AbortController()
    const evaluation = engine.evaluate(makeRequest({ a: 'while True: pass' }, {}, { timeoutMs: 300 }), {
      signal: controller.signal,
    })
    controller.abort(reason)
    await expect(evaluation).rejects.toBe(reason)
  })

  it('refuses when too many wait, and everything after its end', async () => {
    const small = createCalculationEngine({
      timeZone: 'UTC',
      packagesFolder: null,
      processes: 1,
      mostWaiting: 1,
    })
    const outcomes = await Promise.allSettled(
      [1, 2, 3].map((number) => small.evaluate(makeRequest({ a: `a = ${number}` }))),
    )
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected'])
    expect(outcomes[2]).toMatchObject({
      reason: {
        refusal: { kind: 'upstream-failed', source: 'calculations', reason: 'too many are waiting' },
      },
    })
    await small.close()
    await expect(small.evaluate(makeRequest({ a: 'a = 1' }))).rejects.toBeInstanceOf(RefusedError)
  })
})

it('starts Python before it is needed, once', async () => {
  const ahead = createCalculationEngine({ timeZone: 'UTC', packagesFolder: null, processes: 1 })
  ahead.prepare()
  ahead.prepare()
  // a second start would wait for the only place
  expect(ahead.status()).toEqual({ processes: [], waiting: 0 })
  const answer = await ahead.evaluate(makeRequest({ testc: 'result = 1' }))
  expect(outcomeOf(answer, 'testc')).toBe(1)
  const running = ahead.status()
  ahead.prepare()
  expect(ahead.status()).toEqual(running)
  await ahead.close()
})
