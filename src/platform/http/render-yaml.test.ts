import { describe, expect, it } from 'vitest'
import { renderYaml } from './render-yaml.ts'

describe('renderYaml', () => {
  it('writes blocks, and quotes what is more than a word', () => {
    const value = {
      a: { b: [1, { c: 'x y', d: [] }], e: {} },
      'f/g': 'yes',
      h: null,
      i: 'word',
      j: undefined,
      k: [[1]],
    }
    expect(renderYaml(value)).toBe(
      [
        'a:',
        '  b:',
        '    - 1',
        '    - c: "x y"',
        '      d: []',
        '  e: {}',
        '"f/g": "yes"',
        'h: null',
        'i: word',
        'k:',
        '  - - 1',
        '',
      ].join('\n'),
    )
  })
})
